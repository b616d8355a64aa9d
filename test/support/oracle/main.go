// Command oracle answers, with the code that Kubernetes itself uses, what the tests compare our own code against.
// It reads one JSON request a line on stdin and writes one JSON answer a line on stdout, in the same order.
package main

import (
	"bufio"
	_ "crypto/sha256"
	_ "crypto/sha512"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/distribution/reference"
	"k8s.io/apimachinery/pkg/api/resource"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

type request struct {
	Op   string `json:"op"`
	Text string `json:"text"`
	A    string `json:"a"`
	B    string `json:"b"`
	By   int64  `json:"by"`
}

type answer struct {
	Result any    `json:"result"`
	Error  string `json:"error,omitempty"`
}

var operations = map[string]func(request) (any, error){
	"yaml":         func(r request) (any, error) { return toJSON(yaml.YAMLToJSONStrict([]byte(r.Text))) },
	"yaml-lenient": func(r request) (any, error) { return toJSON(yaml.YAMLToJSON([]byte(r.Text))) },
	"documents":    documents,
	"quantity": func(r request) (any, error) {
		q, err := resource.ParseQuantity(r.Text)
		if err != nil {
			return nil, err
		}
		return map[string]any{"text": q.String(), "format": string(q.Format)}, nil
	},
	"compare": func(r request) (any, error) {
		a, b, err := quantities(r)
		return a.Cmp(b), err
	},
	"add": func(r request) (any, error) {
		a, b, err := quantities(r)
		a.Add(b)
		return a.String(), err
	},
	"subtract": func(r request) (any, error) {
		a, b, err := quantities(r)
		a.Sub(b)
		return a.String(), err
	},
	"multiply": func(r request) (any, error) {
		a, err := resource.ParseQuantity(r.A)
		a.Mul(r.By)
		return a.String(), err
	},
	"image": image,
}

func toJSON(text []byte, err error) (any, error) { return json.RawMessage(text), err }

func quantities(r request) (a, b resource.Quantity, err error) {
	if a, err = resource.ParseQuantity(r.A); err == nil {
		b, err = resource.ParseQuantity(r.B)
	}
	return a, b, err
}

// documents splits a stream as kubectl does and reads each part.
func documents(r request) (any, error) {
	reader := utilyaml.NewYAMLReader(bufio.NewReader(strings.NewReader(r.Text)))
	parts := []json.RawMessage{}
	for {
		part, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return parts, nil
		}
		if err != nil {
			return nil, err
		}
		value, err := yaml.YAMLToJSONStrict(part)
		if err != nil {
			return nil, err
		}
		parts = append(parts, value)
	}
}

func image(r request) (any, error) {
	named, err := reference.ParseNormalizedNamed(r.Text)
	if err != nil {
		return nil, err
	}
	parts := map[string]string{"domain": reference.Domain(named), "path": reference.Path(named)}
	if tagged, ok := named.(reference.Tagged); ok {
		parts["tag"] = tagged.Tag()
	}
	if digested, ok := named.(reference.Digested); ok {
		parts["digest"] = digested.Digest().String()
	}
	return parts, nil
}

func respond(line []byte) (reply answer) {
	defer func() {
		if problem := recover(); problem != nil {
			reply = answer{Error: fmt.Sprint(problem)}
		}
	}()
	var r request
	if err := json.Unmarshal(line, &r); err != nil {
		return answer{Error: err.Error()}
	}
	operation, known := operations[r.Op]
	if !known {
		return answer{Error: "unknown operation " + r.Op}
	}
	result, err := operation(r)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Result: result}
}

func main() {
	in, out := bufio.NewReaderSize(os.Stdin, 1<<20), bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for {
		line, err := in.ReadBytes('\n')
		if len(strings.TrimSpace(string(line))) > 0 {
			if err := encoder.Encode(respond(line)); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
		if err != nil {
			return
		}
	}
}
