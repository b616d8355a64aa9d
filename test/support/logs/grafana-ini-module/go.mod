module kube-bulwark.invalid/grafana-ini

go 1.26

require (
	github.com/jmespath-community/go-jmespath v1.1.1
	gopkg.in/ini.v1 v1.67.0
)

require golang.org/x/exp v0.0.0-20230314191032-db074128a8ec // indirect
