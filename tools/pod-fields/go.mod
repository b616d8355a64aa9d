module kube-bulwark.invalid/pod-fields

go 1.21
