// Fills in templates as Vault Secrets Operator does, by text/template and the functions of sprig without the environment: what stands on standard
// input, and the answers on standard output, both as JSON. The operator allows a part of those functions; which, its template/funcs.go says.
package main

import (
	"encoding/json"
	"os"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
)

type question struct {
	Text    string         `json:"text"`
	Secrets map[string]any `json:"secrets"`
}

type answer struct {
	Text  string `json:"text"`
	Error string `json:"error"`
}

func fill(asked question) answer {
	filled, err := template.New("key").Funcs(sprig.HermeticTxtFuncMap()).Parse(asked.Text)
	if err != nil {
		return answer{Error: err.Error()}
	}
	var text strings.Builder
	if err := filled.Execute(&text, struct{ Secrets map[string]any }{asked.Secrets}); err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Text: text.String()}
}

func main() {
	var asked []question
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		panic(err)
	}
	answers := make([]answer, 0, len(asked))
	for _, each := range asked {
		answers = append(answers, fill(each))
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}
