// A KMS plugin of version 2 for tests: it keeps a key in memory, from the file that is named, and says on standard output that it listens.
package main

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"k8s.io/kms/pkg/service"
)

type keeper struct {
	aead cipher.AEAD
	id   string
}

func (k *keeper) Status(context.Context) (*service.StatusResponse, error) {
	return &service.StatusResponse{Version: "v2", Healthz: "ok", KeyID: k.id}, nil
}

func (k *keeper) Encrypt(_ context.Context, _ string, data []byte) (*service.EncryptResponse, error) {
	nonce := make([]byte, k.aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return &service.EncryptResponse{Ciphertext: k.aead.Seal(nonce, nonce, data, nil), KeyID: k.id}, nil
}

func (k *keeper) Decrypt(_ context.Context, _ string, req *service.DecryptRequest) ([]byte, error) {
	if req.KeyID != k.id {
		return nil, fmt.Errorf("there is no key %s", req.KeyID)
	}
	n := k.aead.NonceSize()
	if len(req.Ciphertext) < n {
		return nil, fmt.Errorf("too short")
	}
	return k.aead.Open(nil, req.Ciphertext[:n], req.Ciphertext[n:], nil)
}

func main() {
	socket := os.Args[1]
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		panic(err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256(key)
	server := service.NewGRPCService(socket, 5*time.Second, &keeper{aead: aead, id: hex.EncodeToString(sum[:8])})
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()
	go func() {
		for {
			if _, err := os.Stat(socket); err == nil {
				fmt.Println("listening")
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	select {
	case err := <-failed:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	case <-stop:
		server.Shutdown()
	}
}
