// Command pod-fields writes core/cluster/pod-fields.ts: every field of a PodSpec that came after the oldest supported
// Kubernetes version, or went again, with the versions that have it.
//
// It reads core/v1/types.go of one k8s.io/api release for each minor version, through the Go module proxy:
//
//	cd tools/pod-fields && go run . > ../../core/cluster/pod-fields.ts
//	npx biome format --write ../../core/cluster/pod-fields.ts
package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
)

// One release for each minor version, oldest first. Fields never come or go in a patch release.
var releases = []string{
	"v0.28.15", "v0.29.15", "v0.30.14", "v0.31.14", "v0.32.13", "v0.33.13", "v0.34.13", "v0.35.10", "v0.36.6", "v0.37.2",
}

type lifetime struct{ first, last int }

func main() {
	seen := map[string]*lifetime{}
	for i, release := range releases {
		paths, err := fieldPaths(release, "PodSpec")
		if err != nil {
			fmt.Fprintf(os.Stderr, "pod-fields: k8s.io/api@%s: %v\n", release, err)
			os.Exit(1)
		}
		for _, path := range paths {
			if seen[path] == nil {
				seen[path] = &lifetime{first: i}
			}
			seen[path].last = i
		}
	}
	write(seen)
}

// fieldPaths lists the paths of all fields below a type of core/v1, in the form `containers[].ports[].name`.
func fieldPaths(release, root string) ([]string, error) {
	dir, err := download(release)
	if err != nil {
		return nil, err
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, "core", "v1", "types.go"), nil, 0)
	if err != nil {
		return nil, err
	}
	structs := map[string]*ast.StructType{}
	ast.Inspect(file, func(node ast.Node) bool {
		if spec, ok := node.(*ast.TypeSpec); ok {
			if body, ok := spec.Type.(*ast.StructType); ok {
				structs[spec.Name.Name] = body
			}
		}
		return true
	})
	if structs[root] == nil {
		return nil, fmt.Errorf("there is no type %s in core/v1/types.go", root)
	}
	var paths []string
	var walk func(prefix string, body *ast.StructType)
	walk = func(prefix string, body *ast.StructType) {
		for _, field := range body.Fields.List {
			name, suffix := jsonName(field), ""
			element := field.Type
			if pointer, ok := element.(*ast.StarExpr); ok {
				element = pointer.X
			}
			if list, ok := element.(*ast.ArrayType); ok {
				element, suffix = list.Elt, "[]"
			}
			path := prefix
			if name != "" {
				paths = append(paths, prefix+name)
				path = prefix + name + suffix + "."
			}
			if typeName, ok := element.(*ast.Ident); ok && structs[typeName.Name] != nil {
				walk(path, structs[typeName.Name])
			}
		}
	}
	walk("", structs[root])
	return paths, nil
}

// jsonName is empty for a struct whose fields are inlined.
func jsonName(field *ast.Field) string {
	tag := reflect.StructTag(strings.Trim(field.Tag.Value, "`")).Get("json")
	return strings.Split(tag, ",")[0]
}

func download(release string) (string, error) {
	command := exec.Command("go", "mod", "download", "-json", "k8s.io/api@"+release)
	command.Stderr = os.Stderr
	output, err := command.Output()
	if err != nil {
		return "", err
	}
	var module struct{ Dir string }
	err = json.Unmarshal(output, &module)
	return module.Dir, err
}

func write(seen map[string]*lifetime) {
	newest := len(releases) - 1
	var paths []string
	for path, life := range seen {
		if life.first > 0 || life.last < newest {
			paths = append(paths, path)
		}
	}
	// Of a field that came together with its parent, the parent says enough.
	paths = slices.DeleteFunc(paths, func(path string) bool {
		parent, _, nested := cutLast(path)
		return nested && *seen[parent] == *seen[path]
	})
	slices.Sort(paths)

	fmt.Printf("// Written by tools/pod-fields from k8s.io/api %s to %s. Do not edit.\n", releases[0], releases[newest])
	fmt.Print(`import type { KubernetesVersion } from './version';

/** The versions whose API has a field. */
export interface FieldLifetime {
  readonly since: KubernetesVersion;
  /** The last version that has it; absent while the newest one does. */
  readonly last?: KubernetesVersion;
}

/**
 * Fields of a PodSpec that not every supported version's API has, by path below the spec; ` + "`[]`" + ` stands for any index.
 * What came together with its parent is not listed. A field that is here may still be off by default: see features.ts.
 */
export const podFields: Readonly<Record<string, FieldLifetime>> = {
`)
	for _, path := range paths {
		fmt.Printf("  %s: { since: '%s'", key(path), minor(seen[path].first))
		if seen[path].last < newest {
			fmt.Printf(", last: '%s'", minor(seen[path].last))
		}
		fmt.Print(" },\n")
	}
	fmt.Print("};\n")
}

func cutLast(path string) (parent, name string, nested bool) {
	dot := strings.LastIndex(path, ".")
	if dot < 0 {
		return "", path, false
	}
	return strings.TrimSuffix(path[:dot], "[]"), path[dot+1:], true
}

// key is a property name as the formatter wants it: quoted only where it has to be.
func key(path string) string {
	if strings.ContainsAny(path, ".[]") {
		return "'" + path + "'"
	}
	return path
}

func minor(index int) string {
	return "1." + strings.Split(releases[index], ".")[1]
}
