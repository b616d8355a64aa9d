// Reads a configuration of Grafana with the libraries that Grafana has for it, and says what it has read: every section with its
// keys, and the role that it gives to whom the claims on standard input are about.
package main

import (
	"encoding/json"
	"log"
	"os"

	"github.com/jmespath-community/go-jmespath"
	"gopkg.in/ini.v1"
)

type answer struct {
	Sections map[string]map[string]string `json:"sections"`
	Role     string                       `json:"role"`
	Error    string                       `json:"error,omitempty"`
}

func main() {
	file, err := ini.Load(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	said := answer{Sections: map[string]map[string]string{}}
	for _, section := range file.Sections() {
		said.Sections[section.Name()] = map[string]string{}
		for _, key := range section.Keys() {
			said.Sections[section.Name()][key.Name()] = key.String()
		}
	}
	var claims any
	if err := json.NewDecoder(os.Stdin).Decode(&claims); err != nil {
		log.Fatal(err)
	}
	found, err := jmespath.Search(said.Sections["auth.generic_oauth"]["role_attribute_path"], claims)
	if err != nil {
		said.Error = err.Error()
	}
	// As Grafana does: what is no text is no role.
	if role, isText := found.(string); isText {
		said.Role = role
	}
	if err := json.NewEncoder(os.Stdout).Encode(said); err != nil {
		log.Fatal(err)
	}
}
