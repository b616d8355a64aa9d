// Makes a key pair as the controller makes one: the private key and its certificate, in PEM.
package main

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"time"

	"github.com/bitnami-labs/sealed-secrets/pkg/crypto"
)

func main() {
	key, certificate, err := crypto.GeneratePrivateKeyAndCert(4096, time.Hour, "sealed-secrets")
	if err != nil {
		panic(err)
	}
	blocks := []*pem.Block{
		{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)},
		{Type: "CERTIFICATE", Bytes: certificate.Raw},
	}
	for _, block := range blocks {
		if err := pem.Encode(os.Stdout, block); err != nil {
			panic(err)
		}
	}
}
