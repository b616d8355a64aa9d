// Written by tools/schema from k8s.io/kubernetes v1.28.15 to v1.37.1. Do not edit.

/** A kind a line: `group/version Kind definition scope`, then in which versions where it is not in all of them. */
export const kindLines = `
/v1 Binding core.v1.Binding Namespaced
/v1 ComponentStatus core.v1.ComponentStatus Cluster
/v1 ConfigMap core.v1.ConfigMap Namespaced
/v1 Endpoints core.v1.Endpoints Namespaced
/v1 Event core.v1.Event Namespaced
/v1 LimitRange core.v1.LimitRange Namespaced
/v1 Namespace core.v1.Namespace Cluster
/v1 Node core.v1.Node Cluster
/v1 PersistentVolume core.v1.PersistentVolume Cluster
/v1 PersistentVolumeClaim core.v1.PersistentVolumeClaim Namespaced
/v1 Pod core.v1.Pod Namespaced
/v1 PodTemplate core.v1.PodTemplate Namespaced
/v1 ReplicationController core.v1.ReplicationController Namespaced
/v1 ResourceQuota core.v1.ResourceQuota Namespaced
/v1 Secret core.v1.Secret Namespaced
/v1 Service core.v1.Service Namespaced
/v1 ServiceAccount core.v1.ServiceAccount Namespaced
admissionregistration.k8s.io/v1 MutatingAdmissionPolicy admissionregistration.v1.MutatingAdmissionPolicy Cluster@1.36
admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding admissionregistration.v1.MutatingAdmissionPolicyBinding Cluster@1.36
admissionregistration.k8s.io/v1 MutatingWebhookConfiguration admissionregistration.v1.MutatingWebhookConfiguration Cluster
admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy admissionregistration.v1.ValidatingAdmissionPolicy Cluster@1.30
admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding admissionregistration.v1.ValidatingAdmissionPolicyBinding Cluster@1.30
admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration admissionregistration.v1.ValidatingWebhookConfiguration Cluster
admissionregistration.k8s.io/v1alpha1 MutatingAdmissionPolicy admissionregistration.v1alpha1.MutatingAdmissionPolicy Cluster@1.32
admissionregistration.k8s.io/v1alpha1 MutatingAdmissionPolicyBinding admissionregistration.v1alpha1.MutatingAdmissionPolicyBinding Cluster@1.32
admissionregistration.k8s.io/v1alpha1 ValidatingAdmissionPolicy admissionregistration.v1alpha1.ValidatingAdmissionPolicy Cluster@-1.31
admissionregistration.k8s.io/v1alpha1 ValidatingAdmissionPolicyBinding admissionregistration.v1alpha1.ValidatingAdmissionPolicyBinding Cluster@-1.31
admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicy admissionregistration.v1beta1.MutatingAdmissionPolicy Cluster@1.34
admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicyBinding admissionregistration.v1beta1.MutatingAdmissionPolicyBinding Cluster@1.34
admissionregistration.k8s.io/v1beta1 ValidatingAdmissionPolicy admissionregistration.v1beta1.ValidatingAdmissionPolicy Cluster@-1.33
admissionregistration.k8s.io/v1beta1 ValidatingAdmissionPolicyBinding admissionregistration.v1beta1.ValidatingAdmissionPolicyBinding Cluster@-1.33
apiextensions.k8s.io/v1 CustomResourceDefinition apiextensions.v1.CustomResourceDefinition Cluster
apiregistration.k8s.io/v1 APIService apiregistration.v1.APIService Cluster
apps/v1 ControllerRevision apps.v1.ControllerRevision Namespaced
apps/v1 DaemonSet apps.v1.DaemonSet Namespaced
apps/v1 Deployment apps.v1.Deployment Namespaced
apps/v1 ReplicaSet apps.v1.ReplicaSet Namespaced
apps/v1 StatefulSet apps.v1.StatefulSet Namespaced
authentication.k8s.io/v1 SelfSubjectReview authentication.v1.SelfSubjectReview Cluster
authentication.k8s.io/v1 TokenReview authentication.v1.TokenReview Cluster
authentication.k8s.io/v1alpha1 SelfSubjectReview authentication.v1alpha1.SelfSubjectReview Cluster@-1.31
authentication.k8s.io/v1beta1 SelfSubjectReview authentication.v1beta1.SelfSubjectReview Cluster@-1.32
authorization.k8s.io/v1 LocalSubjectAccessReview authorization.v1.LocalSubjectAccessReview Namespaced
authorization.k8s.io/v1 SelfSubjectAccessReview authorization.v1.SelfSubjectAccessReview Cluster
authorization.k8s.io/v1 SelfSubjectRulesReview authorization.v1.SelfSubjectRulesReview Cluster
authorization.k8s.io/v1 SubjectAccessReview authorization.v1.SubjectAccessReview Cluster
autoscaling/v1 HorizontalPodAutoscaler autoscaling.v1.HorizontalPodAutoscaler Namespaced
autoscaling/v2 HorizontalPodAutoscaler autoscaling.v2.HorizontalPodAutoscaler Namespaced
batch/v1 CronJob batch.v1.CronJob Namespaced
batch/v1 Job batch.v1.Job Namespaced
certificates.k8s.io/v1 CertificateSigningRequest certificates.v1.CertificateSigningRequest Cluster
certificates.k8s.io/v1 ClusterTrustBundle certificates.v1.ClusterTrustBundle Cluster@1.37
certificates.k8s.io/v1 PodCertificateRequest certificates.v1.PodCertificateRequest Namespaced@1.37
certificates.k8s.io/v1alpha1 ClusterTrustBundle certificates.v1alpha1.ClusterTrustBundle Cluster@-1.36
certificates.k8s.io/v1alpha1 PodCertificateRequest certificates.v1alpha1.PodCertificateRequest Namespaced@1.34-1.34
certificates.k8s.io/v1beta1 ClusterTrustBundle certificates.v1beta1.ClusterTrustBundle Cluster@1.33
certificates.k8s.io/v1beta1 PodCertificateRequest certificates.v1beta1.PodCertificateRequest Namespaced@1.35
coordination.k8s.io/v1 Lease coordination.v1.Lease Namespaced
coordination.k8s.io/v1alpha1 LeaseCandidate coordination.v1alpha1.LeaseCandidate Namespaced@1.31-1.31
coordination.k8s.io/v1alpha2 LeaseCandidate coordination.v1alpha2.LeaseCandidate Namespaced@1.32
coordination.k8s.io/v1beta1 LeaseCandidate coordination.v1beta1.LeaseCandidate Namespaced@1.33
discovery.k8s.io/v1 EndpointSlice discovery.v1.EndpointSlice Namespaced
events.k8s.io/v1 Event events.v1.Event Namespaced
flowcontrol.apiserver.k8s.io/v1 FlowSchema flowcontrol.v1.FlowSchema Cluster@1.29
flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration flowcontrol.v1.PriorityLevelConfiguration Cluster@1.29
flowcontrol.apiserver.k8s.io/v1beta2 FlowSchema flowcontrol.v1beta2.FlowSchema Cluster@-1.28
flowcontrol.apiserver.k8s.io/v1beta2 PriorityLevelConfiguration flowcontrol.v1beta2.PriorityLevelConfiguration Cluster@-1.28
flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema flowcontrol.v1beta3.FlowSchema Cluster@-1.31
flowcontrol.apiserver.k8s.io/v1beta3 PriorityLevelConfiguration flowcontrol.v1beta3.PriorityLevelConfiguration Cluster@-1.31
internal.apiserver.k8s.io/v1alpha1 StorageVersion apiserverinternal.v1alpha1.StorageVersion Cluster
lifecycle.k8s.io/v1alpha1 Eviction lifecycle.v1alpha1.Eviction Namespaced@1.37
lifecycle.k8s.io/v1alpha1 EvictionRequest lifecycle.v1alpha1.EvictionRequest Namespaced@1.37
networking.k8s.io/v1 IPAddress networking.v1.IPAddress Cluster@1.33
networking.k8s.io/v1 Ingress networking.v1.Ingress Namespaced
networking.k8s.io/v1 IngressClass networking.v1.IngressClass Cluster
networking.k8s.io/v1 NetworkPolicy networking.v1.NetworkPolicy Namespaced
networking.k8s.io/v1 ServiceCIDR networking.v1.ServiceCIDR Cluster@1.33
networking.k8s.io/v1alpha1 ClusterCIDR networking.v1alpha1.ClusterCIDR Cluster@-1.28
networking.k8s.io/v1alpha1 IPAddress networking.v1alpha1.IPAddress Cluster@-1.30
networking.k8s.io/v1alpha1 ServiceCIDR networking.v1alpha1.ServiceCIDR Cluster@1.29-1.30
networking.k8s.io/v1beta1 IPAddress networking.v1beta1.IPAddress Cluster@1.31-1.36
networking.k8s.io/v1beta1 ServiceCIDR networking.v1beta1.ServiceCIDR Cluster@1.31-1.36
node.k8s.io/v1 RuntimeClass node.v1.RuntimeClass Cluster
policy/v1 PodDisruptionBudget policy.v1.PodDisruptionBudget Namespaced
rbac.authorization.k8s.io/v1 ClusterRole rbac.v1.ClusterRole Cluster
rbac.authorization.k8s.io/v1 ClusterRoleBinding rbac.v1.ClusterRoleBinding Cluster
rbac.authorization.k8s.io/v1 Role rbac.v1.Role Namespaced
rbac.authorization.k8s.io/v1 RoleBinding rbac.v1.RoleBinding Namespaced
resource.k8s.io/v1 DeviceClass resource.v1.DeviceClass Cluster@1.34
resource.k8s.io/v1 DeviceTaintRule resource.v1.DeviceTaintRule Cluster@1.37
resource.k8s.io/v1 ResourceClaim resource.v1.ResourceClaim Namespaced@1.34
resource.k8s.io/v1 ResourceClaimTemplate resource.v1.ResourceClaimTemplate Namespaced@1.34
resource.k8s.io/v1 ResourceSlice resource.v1.ResourceSlice Cluster@1.34
resource.k8s.io/v1alpha2 PodSchedulingContext resource.v1alpha2.PodSchedulingContext Namespaced@-1.30
resource.k8s.io/v1alpha2 ResourceClaim resource.v1alpha2.ResourceClaim Namespaced@-1.30
resource.k8s.io/v1alpha2 ResourceClaimParameters resource.v1alpha2.ResourceClaimParameters Namespaced@1.30-1.30
resource.k8s.io/v1alpha2 ResourceClaimTemplate resource.v1alpha2.ResourceClaimTemplate Namespaced@-1.30
resource.k8s.io/v1alpha2 ResourceClass resource.v1alpha2.ResourceClass Cluster@-1.30
resource.k8s.io/v1alpha2 ResourceClassParameters resource.v1alpha2.ResourceClassParameters Namespaced@1.30-1.30
resource.k8s.io/v1alpha2 ResourceSlice resource.v1alpha2.ResourceSlice Cluster@1.30-1.30
resource.k8s.io/v1alpha3 DeviceClass resource.v1alpha3.DeviceClass Cluster@1.31-1.33
resource.k8s.io/v1alpha3 DeviceTaintRule resource.v1alpha3.DeviceTaintRule Cluster@1.33
resource.k8s.io/v1alpha3 PodSchedulingContext resource.v1alpha3.PodSchedulingContext Namespaced@1.31-1.31
resource.k8s.io/v1alpha3 ResourceClaim resource.v1alpha3.ResourceClaim Namespaced@1.31-1.33
resource.k8s.io/v1alpha3 ResourceClaimTemplate resource.v1alpha3.ResourceClaimTemplate Namespaced@1.31-1.33
resource.k8s.io/v1alpha3 ResourcePoolStatusRequest resource.v1alpha3.ResourcePoolStatusRequest Cluster@1.36
resource.k8s.io/v1alpha3 ResourceSlice resource.v1alpha3.ResourceSlice Cluster@1.31-1.33
resource.k8s.io/v1beta1 DeviceClass resource.v1beta1.DeviceClass Cluster@1.32
resource.k8s.io/v1beta1 ResourceClaim resource.v1beta1.ResourceClaim Namespaced@1.32
resource.k8s.io/v1beta1 ResourceClaimTemplate resource.v1beta1.ResourceClaimTemplate Namespaced@1.32
resource.k8s.io/v1beta1 ResourceSlice resource.v1beta1.ResourceSlice Cluster@1.32
resource.k8s.io/v1beta2 DeviceClass resource.v1beta2.DeviceClass Cluster@1.33
resource.k8s.io/v1beta2 DeviceTaintRule resource.v1beta2.DeviceTaintRule Cluster@1.36
resource.k8s.io/v1beta2 ResourceClaim resource.v1beta2.ResourceClaim Namespaced@1.33
resource.k8s.io/v1beta2 ResourceClaimTemplate resource.v1beta2.ResourceClaimTemplate Namespaced@1.33
resource.k8s.io/v1beta2 ResourceSlice resource.v1beta2.ResourceSlice Cluster@1.33
scheduling.k8s.io/v1 PriorityClass scheduling.v1.PriorityClass Cluster
scheduling.k8s.io/v1alpha1 Workload scheduling.v1alpha1.Workload Namespaced@1.35-1.35
scheduling.k8s.io/v1alpha2 PodGroup scheduling.v1alpha2.PodGroup Namespaced@1.36-1.36
scheduling.k8s.io/v1alpha2 Workload scheduling.v1alpha2.Workload Namespaced@1.36-1.36
scheduling.k8s.io/v1alpha3 CompositePodGroup scheduling.v1alpha3.CompositePodGroup Namespaced@1.37
scheduling.k8s.io/v1alpha3 PodGroup scheduling.v1alpha3.PodGroup Namespaced@1.37
scheduling.k8s.io/v1alpha3 Workload scheduling.v1alpha3.Workload Namespaced@1.37
scheduling.k8s.io/v1beta1 PodGroup scheduling.v1beta1.PodGroup Namespaced@1.37
scheduling.k8s.io/v1beta1 Workload scheduling.v1beta1.Workload Namespaced@1.37
storage.k8s.io/v1 CSIDriver storage.v1.CSIDriver Cluster
storage.k8s.io/v1 CSINode storage.v1.CSINode Cluster
storage.k8s.io/v1 CSIStorageCapacity storage.v1.CSIStorageCapacity Namespaced
storage.k8s.io/v1 StorageClass storage.v1.StorageClass Cluster
storage.k8s.io/v1 VolumeAttachment storage.v1.VolumeAttachment Cluster
storage.k8s.io/v1 VolumeAttributesClass storage.v1.VolumeAttributesClass Cluster@1.34
storage.k8s.io/v1alpha1 VolumeAttributesClass storage.v1alpha1.VolumeAttributesClass Cluster@1.29-1.34
storage.k8s.io/v1beta1 VolumeAttributesClass storage.v1beta1.VolumeAttributesClass Cluster@1.31-1.36
storagemigration.k8s.io/v1 StorageVersionMigration storagemigration.v1.StorageVersionMigration Cluster@1.37
storagemigration.k8s.io/v1alpha1 StorageVersionMigration storagemigration.v1alpha1.StorageVersionMigration Cluster@1.30-1.34
storagemigration.k8s.io/v1beta1 StorageVersionMigration storagemigration.v1beta1.StorageVersionMigration Cluster@1.35
`;

/**
 * A definition a line: its name, then its fields. Of each field the name, `!` where it is required, `:` and its type
 * (`[]` a list of, `{}` a map of), `=` the values of an enum, `^` the key of a strategic merge, `#` the keys of a map
 * list, and `@since-last` where not all versions say that.
 */
export const definitionLines = `
admissionregistration.v1.ApplyConfiguration;expression:string@1.36
admissionregistration.v1.AuditAnnotation;key!:string@1.30;valueExpression!:string@1.30
admissionregistration.v1.ExpressionWarning;fieldRef!:string@1.30;warning!:string@1.30
admissionregistration.v1.JSONPatch;expression:string@1.36
admissionregistration.v1.MatchCondition;expression!:string;name!:string
admissionregistration.v1.MatchResources;excludeResourceRules:[]admissionregistration.v1.NamedRuleWithOperations@1.30;matchPolicy:string=Equivalent|Exact@1.30;namespaceSelector:meta.v1.LabelSelector@1.30;objectSelector:meta.v1.LabelSelector@1.30;resourceRules:[]admissionregistration.v1.NamedRuleWithOperations@1.30
admissionregistration.v1.MutatingAdmissionPolicy;apiVersion:string@1.36;kind:string@1.36;metadata:meta.v1.ObjectMeta@1.36;spec:admissionregistration.v1.MutatingAdmissionPolicySpec@1.36
admissionregistration.v1.MutatingAdmissionPolicyBinding;apiVersion:string@1.36;kind:string@1.36;metadata:meta.v1.ObjectMeta@1.36;spec:admissionregistration.v1.MutatingAdmissionPolicyBindingSpec@1.36
admissionregistration.v1.MutatingAdmissionPolicyBindingSpec;matchResources:admissionregistration.v1.MatchResources@1.36;paramRef:admissionregistration.v1.ParamRef@1.36;policyName:string@1.36
admissionregistration.v1.MutatingAdmissionPolicySpec;failurePolicy:string=Fail|Ignore@1.36;matchConditions:[]admissionregistration.v1.MatchCondition^name#name@1.36;matchConstraints:admissionregistration.v1.MatchResources@1.36;mutations:[]admissionregistration.v1.Mutation@1.36;paramKind:admissionregistration.v1.ParamKind@1.36;reinvocationPolicy:string=IfNeeded|Never@1.36;variables:[]admissionregistration.v1.Variable@1.36
admissionregistration.v1.MutatingWebhook;admissionReviewVersions!:[]string;clientConfig!:admissionregistration.v1.WebhookClientConfig;failurePolicy:string=Fail|Ignore;matchConditions:[]admissionregistration.v1.MatchCondition^name#name;matchPolicy:string=Equivalent|Exact;name!:string;namespaceSelector:meta.v1.LabelSelector;objectSelector:meta.v1.LabelSelector;reinvocationPolicy:string=IfNeeded|Never@-1.33;reinvocationPolicy:string@1.34-1.34;reinvocationPolicy:string=IfNeeded|Never@1.35;rules:[]admissionregistration.v1.RuleWithOperations;sideEffects!:string=None|NoneOnDryRun|Some|Unknown;timeoutSeconds:int32
admissionregistration.v1.MutatingWebhookConfiguration;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;webhooks:[]admissionregistration.v1.MutatingWebhook^name#name
admissionregistration.v1.Mutation;applyConfiguration:admissionregistration.v1.ApplyConfiguration@1.36;jsonPatch:admissionregistration.v1.JSONPatch@1.36;patchType!:string=ApplyConfiguration|JSONPatch@1.36
admissionregistration.v1.NamedRuleWithOperations;apiGroups:[]string@1.30;apiVersions:[]string@1.30;operations:[]string=*|CONNECT|CREATE|DELETE|UPDATE@1.30;resourceNames:[]string@1.30;resources:[]string@1.30;scope:string@1.30-1.34;scope:string=*|Cluster|Namespaced@1.35
admissionregistration.v1.ParamKind;apiVersion:string@1.30;kind:string@1.30
admissionregistration.v1.ParamRef;name:string@1.30;namespace:string@1.30;parameterNotFoundAction:string@1.30;selector:meta.v1.LabelSelector@1.30
admissionregistration.v1.RuleWithOperations;apiGroups:[]string;apiVersions:[]string;operations:[]string@-1.29;operations:[]string=*|CONNECT|CREATE|DELETE|UPDATE@1.30;resources:[]string;scope:string@-1.34;scope:string=*|Cluster|Namespaced@1.35
admissionregistration.v1.ServiceReference;name!:string;namespace!:string;path:string;port:int32
admissionregistration.v1.TypeChecking;expressionWarnings:[]admissionregistration.v1.ExpressionWarning@1.30
admissionregistration.v1.ValidatingAdmissionPolicy;apiVersion:string@1.30;kind:string@1.30;metadata:meta.v1.ObjectMeta@1.30;spec:admissionregistration.v1.ValidatingAdmissionPolicySpec@1.30;status:admissionregistration.v1.ValidatingAdmissionPolicyStatus@1.30
admissionregistration.v1.ValidatingAdmissionPolicyBinding;apiVersion:string@1.30;kind:string@1.30;metadata:meta.v1.ObjectMeta@1.30;spec:admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec@1.30-1.35;spec!:admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec@1.36
admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec;matchResources:admissionregistration.v1.MatchResources@1.30;paramRef:admissionregistration.v1.ParamRef@1.30;policyName:string@1.30-1.35;policyName!:string@1.36;validationActions:[]string=Audit|Deny|Warn@1.30-1.35;validationActions!:[]string=Audit|Deny|Warn@1.36
admissionregistration.v1.ValidatingAdmissionPolicySpec;auditAnnotations:[]admissionregistration.v1.AuditAnnotation@1.30;failurePolicy:string=Fail|Ignore@1.30;matchConditions:[]admissionregistration.v1.MatchCondition^name#name@1.30;matchConstraints:admissionregistration.v1.MatchResources@1.30;paramKind:admissionregistration.v1.ParamKind@1.30;validations:[]admissionregistration.v1.Validation@1.30;variables:[]admissionregistration.v1.Variable^name#name@1.30
admissionregistration.v1.ValidatingAdmissionPolicyStatus;conditions:[]meta.v1.Condition#type@1.30;observedGeneration:int64@1.30;typeChecking:admissionregistration.v1.TypeChecking@1.30
admissionregistration.v1.ValidatingWebhook;admissionReviewVersions!:[]string;clientConfig!:admissionregistration.v1.WebhookClientConfig;failurePolicy:string=Fail|Ignore;matchConditions:[]admissionregistration.v1.MatchCondition^name#name;matchPolicy:string=Equivalent|Exact;name!:string;namespaceSelector:meta.v1.LabelSelector;objectSelector:meta.v1.LabelSelector;rules:[]admissionregistration.v1.RuleWithOperations;sideEffects!:string=None|NoneOnDryRun|Some|Unknown;timeoutSeconds:int32
admissionregistration.v1.ValidatingWebhookConfiguration;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;webhooks:[]admissionregistration.v1.ValidatingWebhook^name#name
admissionregistration.v1.Validation;expression!:string@1.30;message:string@1.30;messageExpression:string@1.30;reason:string@1.30
admissionregistration.v1.Variable;expression!:string@1.30;name!:string@1.30
admissionregistration.v1.WebhookClientConfig;caBundle:bytes;service:admissionregistration.v1.ServiceReference;url:string
admissionregistration.v1alpha1.ApplyConfiguration;expression:string@1.32
admissionregistration.v1alpha1.AuditAnnotation;key!:string@-1.31;valueExpression!:string@-1.31
admissionregistration.v1alpha1.ExpressionWarning;fieldRef!:string@-1.31;warning!:string@-1.31
admissionregistration.v1alpha1.JSONPatch;expression:string@1.32
admissionregistration.v1alpha1.MatchCondition;expression!:string;name!:string
admissionregistration.v1alpha1.MatchResources;excludeResourceRules:[]admissionregistration.v1alpha1.NamedRuleWithOperations;matchPolicy:string=Equivalent|Exact;namespaceSelector:meta.v1.LabelSelector;objectSelector:meta.v1.LabelSelector;resourceRules:[]admissionregistration.v1alpha1.NamedRuleWithOperations
admissionregistration.v1alpha1.MutatingAdmissionPolicy;apiVersion:string@1.32;kind:string@1.32;metadata:meta.v1.ObjectMeta@1.32;spec:admissionregistration.v1alpha1.MutatingAdmissionPolicySpec@1.32
admissionregistration.v1alpha1.MutatingAdmissionPolicyBinding;apiVersion:string@1.32;kind:string@1.32;metadata:meta.v1.ObjectMeta@1.32;spec:admissionregistration.v1alpha1.MutatingAdmissionPolicyBindingSpec@1.32
admissionregistration.v1alpha1.MutatingAdmissionPolicyBindingSpec;matchResources:admissionregistration.v1alpha1.MatchResources@1.32;paramRef:admissionregistration.v1alpha1.ParamRef@1.32;policyName:string@1.32
admissionregistration.v1alpha1.MutatingAdmissionPolicySpec;failurePolicy:string=Fail|Ignore@1.32;matchConditions:[]admissionregistration.v1alpha1.MatchCondition^name#name@1.32;matchConstraints:admissionregistration.v1alpha1.MatchResources@1.32;mutations:[]admissionregistration.v1alpha1.Mutation@1.32;paramKind:admissionregistration.v1alpha1.ParamKind@1.32;reinvocationPolicy:string=IfNeeded|Never@1.32-1.33;reinvocationPolicy:string@1.34-1.34;reinvocationPolicy:string=IfNeeded|Never@1.35;variables:[]admissionregistration.v1alpha1.Variable@1.32
admissionregistration.v1alpha1.Mutation;applyConfiguration:admissionregistration.v1alpha1.ApplyConfiguration@1.32;jsonPatch:admissionregistration.v1alpha1.JSONPatch@1.32;patchType!:string=ApplyConfiguration|JSONPatch@1.32
admissionregistration.v1alpha1.NamedRuleWithOperations;apiGroups:[]string;apiVersions:[]string;operations:[]string@-1.29;operations:[]string=*|CONNECT|CREATE|DELETE|UPDATE@1.30;resourceNames:[]string;resources:[]string;scope:string@-1.34;scope:string=*|Cluster|Namespaced@1.35
admissionregistration.v1alpha1.ParamKind;apiVersion:string;kind:string
admissionregistration.v1alpha1.ParamRef;name:string;namespace:string;parameterNotFoundAction:string=Allow|Deny;selector:meta.v1.LabelSelector
admissionregistration.v1alpha1.TypeChecking;expressionWarnings:[]admissionregistration.v1alpha1.ExpressionWarning@-1.31
admissionregistration.v1alpha1.ValidatingAdmissionPolicy;apiVersion:string@-1.31;kind:string@-1.31;metadata:meta.v1.ObjectMeta@-1.31;spec:admissionregistration.v1alpha1.ValidatingAdmissionPolicySpec@-1.31;status:admissionregistration.v1alpha1.ValidatingAdmissionPolicyStatus@-1.31
admissionregistration.v1alpha1.ValidatingAdmissionPolicyBinding;apiVersion:string@-1.31;kind:string@-1.31;metadata:meta.v1.ObjectMeta@-1.31;spec:admissionregistration.v1alpha1.ValidatingAdmissionPolicyBindingSpec@-1.31
admissionregistration.v1alpha1.ValidatingAdmissionPolicyBindingSpec;matchResources:admissionregistration.v1alpha1.MatchResources@-1.31;paramRef:admissionregistration.v1alpha1.ParamRef@-1.31;policyName:string@-1.31;validationActions:[]string@-1.29;validationActions:[]string=Audit|Deny|Warn@1.30-1.31
admissionregistration.v1alpha1.ValidatingAdmissionPolicySpec;auditAnnotations:[]admissionregistration.v1alpha1.AuditAnnotation@-1.31;failurePolicy:string=Fail|Ignore@-1.31;matchConditions:[]admissionregistration.v1alpha1.MatchCondition^name#name@-1.31;matchConstraints:admissionregistration.v1alpha1.MatchResources@-1.31;paramKind:admissionregistration.v1alpha1.ParamKind@-1.31;validations:[]admissionregistration.v1alpha1.Validation@-1.31;variables:[]admissionregistration.v1alpha1.Variable^name#name@-1.31
admissionregistration.v1alpha1.ValidatingAdmissionPolicyStatus;conditions:[]meta.v1.Condition#type@-1.31;observedGeneration:int64@-1.31;typeChecking:admissionregistration.v1alpha1.TypeChecking@-1.31
admissionregistration.v1alpha1.Validation;expression!:string@-1.31;message:string@-1.31;messageExpression:string@-1.31;reason:string@-1.31
admissionregistration.v1alpha1.Variable;expression!:string;name!:string
admissionregistration.v1beta1.ApplyConfiguration;expression:string@1.34
admissionregistration.v1beta1.AuditAnnotation;key!:string@-1.33;valueExpression!:string@-1.33
admissionregistration.v1beta1.ExpressionWarning;fieldRef!:string@-1.33;warning!:string@-1.33
admissionregistration.v1beta1.JSONPatch;expression:string@1.34
admissionregistration.v1beta1.MatchCondition;expression!:string;name!:string
admissionregistration.v1beta1.MatchResources;excludeResourceRules:[]admissionregistration.v1beta1.NamedRuleWithOperations;matchPolicy:string;namespaceSelector:meta.v1.LabelSelector;objectSelector:meta.v1.LabelSelector;resourceRules:[]admissionregistration.v1beta1.NamedRuleWithOperations
admissionregistration.v1beta1.MutatingAdmissionPolicy;apiVersion:string@1.34;kind:string@1.34;metadata:meta.v1.ObjectMeta@1.34;spec:admissionregistration.v1beta1.MutatingAdmissionPolicySpec@1.34
admissionregistration.v1beta1.MutatingAdmissionPolicyBinding;apiVersion:string@1.34;kind:string@1.34;metadata:meta.v1.ObjectMeta@1.34;spec:admissionregistration.v1beta1.MutatingAdmissionPolicyBindingSpec@1.34
admissionregistration.v1beta1.MutatingAdmissionPolicyBindingSpec;matchResources:admissionregistration.v1beta1.MatchResources@1.34;paramRef:admissionregistration.v1beta1.ParamRef@1.34;policyName:string@1.34
admissionregistration.v1beta1.MutatingAdmissionPolicySpec;failurePolicy:string@1.34;matchConditions:[]admissionregistration.v1beta1.MatchCondition^name#name@1.34;matchConstraints:admissionregistration.v1beta1.MatchResources@1.34;mutations:[]admissionregistration.v1beta1.Mutation@1.34;paramKind:admissionregistration.v1beta1.ParamKind@1.34;reinvocationPolicy:string@1.34-1.34;reinvocationPolicy:string=IfNeeded|Never@1.35;variables:[]admissionregistration.v1beta1.Variable@1.34
admissionregistration.v1beta1.Mutation;applyConfiguration:admissionregistration.v1beta1.ApplyConfiguration@1.34;jsonPatch:admissionregistration.v1beta1.JSONPatch@1.34;patchType!:string=ApplyConfiguration|JSONPatch@1.34
admissionregistration.v1beta1.NamedRuleWithOperations;apiGroups:[]string;apiVersions:[]string;operations:[]string@-1.29;operations:[]string=*|CONNECT|CREATE|DELETE|UPDATE@1.30;resourceNames:[]string;resources:[]string;scope:string@-1.34;scope:string=*|Cluster|Namespaced@1.35
admissionregistration.v1beta1.ParamKind;apiVersion:string;kind:string
admissionregistration.v1beta1.ParamRef;name:string;namespace:string;parameterNotFoundAction:string;selector:meta.v1.LabelSelector
admissionregistration.v1beta1.TypeChecking;expressionWarnings:[]admissionregistration.v1beta1.ExpressionWarning@-1.33
admissionregistration.v1beta1.ValidatingAdmissionPolicy;apiVersion:string@-1.33;kind:string@-1.33;metadata:meta.v1.ObjectMeta@-1.33;spec:admissionregistration.v1beta1.ValidatingAdmissionPolicySpec@-1.33;status:admissionregistration.v1beta1.ValidatingAdmissionPolicyStatus@-1.33
admissionregistration.v1beta1.ValidatingAdmissionPolicyBinding;apiVersion:string@-1.33;kind:string@-1.33;metadata:meta.v1.ObjectMeta@-1.33;spec:admissionregistration.v1beta1.ValidatingAdmissionPolicyBindingSpec@-1.33
admissionregistration.v1beta1.ValidatingAdmissionPolicyBindingSpec;matchResources:admissionregistration.v1beta1.MatchResources@-1.33;paramRef:admissionregistration.v1beta1.ParamRef@-1.33;policyName:string@-1.33;validationActions:[]string@-1.29;validationActions:[]string=Audit|Deny|Warn@1.30-1.33
admissionregistration.v1beta1.ValidatingAdmissionPolicySpec;auditAnnotations:[]admissionregistration.v1beta1.AuditAnnotation@-1.33;failurePolicy:string@-1.33;matchConditions:[]admissionregistration.v1beta1.MatchCondition^name#name@-1.33;matchConstraints:admissionregistration.v1beta1.MatchResources@-1.33;paramKind:admissionregistration.v1beta1.ParamKind@-1.33;validations:[]admissionregistration.v1beta1.Validation@-1.33;variables:[]admissionregistration.v1beta1.Variable^name#name@-1.33
admissionregistration.v1beta1.ValidatingAdmissionPolicyStatus;conditions:[]meta.v1.Condition#type@-1.33;observedGeneration:int64@-1.33;typeChecking:admissionregistration.v1beta1.TypeChecking@-1.33
admissionregistration.v1beta1.Validation;expression!:string@-1.33;message:string@-1.33;messageExpression:string@-1.33;reason:string@-1.33
admissionregistration.v1beta1.Variable;expression!:string;name!:string
apiextensions.v1.CustomResourceColumnDefinition;description:string;format:string;jsonPath!:string;name!:string;priority:int32;type!:string
apiextensions.v1.CustomResourceConversion;strategy!:string;webhook:apiextensions.v1.WebhookConversion
apiextensions.v1.CustomResourceDefinition;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec!:apiextensions.v1.CustomResourceDefinitionSpec;status:apiextensions.v1.CustomResourceDefinitionStatus
apiextensions.v1.CustomResourceDefinitionCondition;lastTransitionTime:time;message:string;observedGeneration:int64@1.35;reason:string;status!:string;type!:string
apiextensions.v1.CustomResourceDefinitionNames;categories:[]string;kind!:string;listKind:string;plural!:string;shortNames:[]string;singular:string
apiextensions.v1.CustomResourceDefinitionSpec;conversion:apiextensions.v1.CustomResourceConversion;group!:string;names!:apiextensions.v1.CustomResourceDefinitionNames;preserveUnknownFields:boolean;scope!:string;versions!:[]apiextensions.v1.CustomResourceDefinitionVersion
apiextensions.v1.CustomResourceDefinitionStatus;acceptedNames:apiextensions.v1.CustomResourceDefinitionNames;conditions:[]apiextensions.v1.CustomResourceDefinitionCondition#type;observedGeneration:int64@1.35;storedVersions:[]string
apiextensions.v1.CustomResourceDefinitionVersion;additionalPrinterColumns:[]apiextensions.v1.CustomResourceColumnDefinition;deprecated:boolean;deprecationWarning:string;name!:string;schema:apiextensions.v1.CustomResourceValidation;selectableFields:[]apiextensions.v1.SelectableField@1.30;served!:boolean;storage!:boolean;subresources:apiextensions.v1.CustomResourceSubresources
apiextensions.v1.CustomResourceSubresourceScale;labelSelectorPath:string;specReplicasPath!:string;statusReplicasPath!:string
apiextensions.v1.CustomResourceSubresourceStatus
apiextensions.v1.CustomResourceSubresources;scale:apiextensions.v1.CustomResourceSubresourceScale;status:apiextensions.v1.CustomResourceSubresourceStatus
apiextensions.v1.CustomResourceValidation;openAPIV3Schema:apiextensions.v1.JSONSchemaProps
apiextensions.v1.ExternalDocumentation;description:string;url:string
apiextensions.v1.JSONSchemaProps;$ref:string;$schema:string;additionalItems:schema-or-boolean;additionalProperties:schema-or-boolean;allOf:[]apiextensions.v1.JSONSchemaProps;anyOf:[]apiextensions.v1.JSONSchemaProps;default:any;definitions:{}apiextensions.v1.JSONSchemaProps;dependencies:{}schema-or-strings;description:string;enum:[]any;example:any;exclusiveMaximum:boolean;exclusiveMinimum:boolean;externalDocs:apiextensions.v1.ExternalDocumentation;format:string;id:string;items:schema-or-list;maxItems:int64;maxLength:int64;maxProperties:int64;maximum:number;minItems:int64;minLength:int64;minProperties:int64;minimum:number;multipleOf:number;not:apiextensions.v1.JSONSchemaProps;nullable:boolean;oneOf:[]apiextensions.v1.JSONSchemaProps;pattern:string;patternProperties:{}apiextensions.v1.JSONSchemaProps;properties:{}apiextensions.v1.JSONSchemaProps;required:[]string;title:string;type:string;uniqueItems:boolean;x-kubernetes-embedded-resource:boolean;x-kubernetes-int-or-string:boolean;x-kubernetes-list-map-keys:[]string;x-kubernetes-list-type:string;x-kubernetes-map-type:string;x-kubernetes-preserve-unknown-fields:boolean;x-kubernetes-validations:[]apiextensions.v1.ValidationRule^rule#rule
apiextensions.v1.SelectableField;jsonPath!:string@1.30
apiextensions.v1.ServiceReference;name!:string;namespace!:string;path:string;port:int32
apiextensions.v1.ValidationRule;fieldPath:string;message:string;messageExpression:string;optionalOldSelf:boolean@1.29;reason:string=FieldValueDuplicate|FieldValueForbidden|FieldValueInvalid|FieldValueRequired;rule!:string
apiextensions.v1.WebhookClientConfig;caBundle:bytes;service:apiextensions.v1.ServiceReference;url:string
apiextensions.v1.WebhookConversion;clientConfig:apiextensions.v1.WebhookClientConfig;conversionReviewVersions!:[]string
apiregistration.v1.APIService;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:apiregistration.v1.APIServiceSpec;status:apiregistration.v1.APIServiceStatus
apiregistration.v1.APIServiceCondition;lastTransitionTime:time;message:string;reason:string;status!:string;type!:string
apiregistration.v1.APIServiceSpec;caBundle:bytes;group:string;groupPriorityMinimum!:int32;insecureSkipTLSVerify:boolean;service:apiregistration.v1.ServiceReference;version:string;versionPriority!:int32
apiregistration.v1.APIServiceStatus;conditions:[]apiregistration.v1.APIServiceCondition^type#type
apiregistration.v1.ServiceReference;name:string;namespace:string;port:int32
apiserverinternal.v1alpha1.ServerStorageVersion;apiServerID:string@-1.35;apiServerID!:string@1.36;decodableVersions:[]string@-1.35;decodableVersions!:[]string@1.36;encodingVersion:string@-1.35;encodingVersion!:string@1.36;servedVersions:[]string
apiserverinternal.v1alpha1.StorageVersion;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta@-1.35;metadata!:meta.v1.ObjectMeta@1.36;spec!:apiserverinternal.v1alpha1.StorageVersionSpec@-1.35;spec:apiserverinternal.v1alpha1.StorageVersionSpec@1.36;status!:apiserverinternal.v1alpha1.StorageVersionStatus@-1.35;status:apiserverinternal.v1alpha1.StorageVersionStatus@1.36
apiserverinternal.v1alpha1.StorageVersionCondition;lastTransitionTime:time;message:string@-1.29;message!:string@1.30;observedGeneration:int64;reason!:string;status!:string;type!:string
apiserverinternal.v1alpha1.StorageVersionSpec
apiserverinternal.v1alpha1.StorageVersionStatus;commonEncodingVersion:string;conditions:[]apiserverinternal.v1alpha1.StorageVersionCondition#type;storageVersions:[]apiserverinternal.v1alpha1.ServerStorageVersion#apiServerID
apps.v1.ControllerRevision;apiVersion:string;data:any@-1.36;data!:any@1.37;kind:string;metadata:meta.v1.ObjectMeta;revision!:int64@-1.36;revision:int64@1.37
apps.v1.DaemonSet;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:apps.v1.DaemonSetSpec@-1.36;spec!:apps.v1.DaemonSetSpec@1.37;status:apps.v1.DaemonSetStatus
apps.v1.DaemonSetCondition;lastTransitionTime:time;message:string;reason:string;status!:string@-1.36;status:string@1.37;type!:string@-1.36;type:string@1.37
apps.v1.DaemonSetSpec;minReadySeconds:int32;revisionHistoryLimit:int32;selector!:meta.v1.LabelSelector;template!:core.v1.PodTemplateSpec;updateStrategy:apps.v1.DaemonSetUpdateStrategy
apps.v1.DaemonSetStatus;collisionCount:int32;conditions:[]apps.v1.DaemonSetCondition^type#type;currentNumberScheduled!:int32;desiredNumberScheduled!:int32;numberAvailable:int32;numberMisscheduled!:int32;numberReady!:int32;numberUnavailable:int32;observedGeneration:int64;updatedNumberScheduled:int32
apps.v1.DaemonSetUpdateStrategy;rollingUpdate:apps.v1.RollingUpdateDaemonSet;type:string=OnDelete|RollingUpdate
apps.v1.Deployment;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:apps.v1.DeploymentSpec@-1.36;spec!:apps.v1.DeploymentSpec@1.37;status:apps.v1.DeploymentStatus
apps.v1.DeploymentCondition;lastTransitionTime:time;lastUpdateTime:time;message:string;reason:string;status!:string@-1.36;status:string@1.37;type!:string@-1.36;type:string@1.37
apps.v1.DeploymentSpec;minReadySeconds:int32;paused:boolean;progressDeadlineSeconds:int32;replicas:int32;revisionHistoryLimit:int32;selector!:meta.v1.LabelSelector;strategy:apps.v1.DeploymentStrategy;template!:core.v1.PodTemplateSpec
apps.v1.DeploymentStatus;availableReplicas:int32;collisionCount:int32;conditions:[]apps.v1.DeploymentCondition^type#type;observedGeneration:int64;readyReplicas:int32;replicas:int32;terminatingReplicas:int32@1.33;unavailableReplicas:int32;updatedReplicas:int32
apps.v1.DeploymentStrategy;rollingUpdate:apps.v1.RollingUpdateDeployment;type:string=Recreate|RollingUpdate
apps.v1.ReplicaSet;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:apps.v1.ReplicaSetSpec@-1.36;spec!:apps.v1.ReplicaSetSpec@1.37;status:apps.v1.ReplicaSetStatus
apps.v1.ReplicaSetCondition;lastTransitionTime:time;message:string;reason:string;status!:string@-1.36;status:string@1.37;type!:string@-1.36;type:string@1.37
apps.v1.ReplicaSetSpec;minReadySeconds:int32;replicas:int32;selector!:meta.v1.LabelSelector;template:core.v1.PodTemplateSpec
apps.v1.ReplicaSetStatus;availableReplicas:int32;conditions:[]apps.v1.ReplicaSetCondition^type#type;fullyLabeledReplicas:int32;observedGeneration:int64;readyReplicas:int32;replicas!:int32;terminatingReplicas:int32@1.33
apps.v1.RollingUpdateDaemonSet;maxSurge:int-or-string;maxUnavailable:int-or-string
apps.v1.RollingUpdateDeployment;maxSurge:int-or-string;maxUnavailable:int-or-string
apps.v1.RollingUpdateStatefulSetStrategy;maxUnavailable:int-or-string;partition:int32
apps.v1.StatefulSet;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:apps.v1.StatefulSetSpec@-1.36;spec!:apps.v1.StatefulSetSpec@1.37;status:apps.v1.StatefulSetStatus
apps.v1.StatefulSetCondition;lastTransitionTime:time;message:string;reason:string;status!:string@-1.36;status:string@1.37;type!:string@-1.36;type:string@1.37
apps.v1.StatefulSetOrdinals;start:int32
apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy;whenDeleted:string;whenScaled:string
apps.v1.StatefulSetSpec;minReadySeconds:int32;ordinals:apps.v1.StatefulSetOrdinals;persistentVolumeClaimRetentionPolicy:apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy;podManagementPolicy:string=OrderedReady|Parallel;replicas:int32;revisionHistoryLimit:int32;selector!:meta.v1.LabelSelector;serviceName!:string@-1.32;serviceName:string@1.33;template!:core.v1.PodTemplateSpec;updateStrategy:apps.v1.StatefulSetUpdateStrategy;volumeClaimTemplates:[]core.v1.PersistentVolumeClaim
apps.v1.StatefulSetStatus;availableReplicas:int32;collisionCount:int32;conditions:[]apps.v1.StatefulSetCondition^type#type;currentReplicas:int32;currentRevision:string;observedGeneration:int64;readyReplicas:int32;replicas!:int32;updateRevision:string;updatedReplicas:int32
apps.v1.StatefulSetUpdateStrategy;rollingUpdate:apps.v1.RollingUpdateStatefulSetStrategy;type:string=OnDelete|RollingUpdate@-1.36;type:string=OnDelete|Recreate|RollingUpdate@1.37
authentication.v1.SelfSubjectReview;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;status:authentication.v1.SelfSubjectReviewStatus
authentication.v1.SelfSubjectReviewStatus;userInfo:authentication.v1.UserInfo
authentication.v1.TokenReview;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec!:authentication.v1.TokenReviewSpec;status:authentication.v1.TokenReviewStatus
authentication.v1.TokenReviewSpec;audiences:[]string;token:string@-1.35;token!:string@1.36
authentication.v1.TokenReviewStatus;audiences:[]string;authenticated:boolean;error:string;user:authentication.v1.UserInfo
authentication.v1.UserInfo;extra:{}[]string;groups:[]string;uid:string;username:string
authentication.v1alpha1.SelfSubjectReview;apiVersion:string@-1.31;kind:string@-1.31;metadata:meta.v1.ObjectMeta@-1.31;status:authentication.v1alpha1.SelfSubjectReviewStatus@-1.31
authentication.v1alpha1.SelfSubjectReviewStatus;userInfo:authentication.v1.UserInfo@-1.31
authentication.v1beta1.SelfSubjectReview;apiVersion:string@-1.32;kind:string@-1.32;metadata:meta.v1.ObjectMeta@-1.32;status:authentication.v1beta1.SelfSubjectReviewStatus@-1.32
authentication.v1beta1.SelfSubjectReviewStatus;userInfo:authentication.v1.UserInfo@-1.32
authorization.v1.FieldSelectorAttributes;rawSelector:string@1.31;requirements:[]meta.v1.FieldSelectorRequirement@1.31
authorization.v1.LabelSelectorAttributes;rawSelector:string@1.31;requirements:[]meta.v1.LabelSelectorRequirement@1.31
authorization.v1.LocalSubjectAccessReview;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec!:authorization.v1.SubjectAccessReviewSpec;status:authorization.v1.SubjectAccessReviewStatus
authorization.v1.NonResourceAttributes;path:string;verb:string
authorization.v1.NonResourceRule;nonResourceURLs:[]string;verbs!:[]string
authorization.v1.ResourceAttributes;fieldSelector:authorization.v1.FieldSelectorAttributes@1.31;group:string;labelSelector:authorization.v1.LabelSelectorAttributes@1.31;name:string;namespace:string;resource:string;subresource:string;verb:string;version:string
authorization.v1.ResourceRule;apiGroups:[]string;resourceNames:[]string;resources:[]string;verbs!:[]string
authorization.v1.SelfSubjectAccessReview;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec!:authorization.v1.SelfSubjectAccessReviewSpec;status:authorization.v1.SubjectAccessReviewStatus
authorization.v1.SelfSubjectAccessReviewSpec;nonResourceAttributes:authorization.v1.NonResourceAttributes;resourceAttributes:authorization.v1.ResourceAttributes
authorization.v1.SelfSubjectRulesReview;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec!:authorization.v1.SelfSubjectRulesReviewSpec;status:authorization.v1.SubjectRulesReviewStatus
authorization.v1.SelfSubjectRulesReviewSpec;namespace:string
authorization.v1.SubjectAccessReview;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec!:authorization.v1.SubjectAccessReviewSpec;status:authorization.v1.SubjectAccessReviewStatus
authorization.v1.SubjectAccessReviewSpec;extra:{}[]string;groups:[]string;nonResourceAttributes:authorization.v1.NonResourceAttributes;resourceAttributes:authorization.v1.ResourceAttributes;uid:string;user:string
authorization.v1.SubjectAccessReviewStatus;allowed!:boolean;denied:boolean;evaluationError:string;reason:string
authorization.v1.SubjectRulesReviewStatus;evaluationError:string;incomplete!:boolean;nonResourceRules!:[]authorization.v1.NonResourceRule;resourceRules!:[]authorization.v1.ResourceRule
autoscaling.v1.CrossVersionObjectReference;apiVersion:string;kind!:string;name!:string
autoscaling.v1.HorizontalPodAutoscaler;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:autoscaling.v1.HorizontalPodAutoscalerSpec@-1.35;spec!:autoscaling.v1.HorizontalPodAutoscalerSpec@1.36;status:autoscaling.v1.HorizontalPodAutoscalerStatus
autoscaling.v1.HorizontalPodAutoscalerSpec;maxReplicas!:int32;minReplicas:int32;scaleTargetRef!:autoscaling.v1.CrossVersionObjectReference;targetCPUUtilizationPercentage:int32
autoscaling.v1.HorizontalPodAutoscalerStatus;currentCPUUtilizationPercentage:int32;currentReplicas!:int32;desiredReplicas!:int32;lastScaleTime:time;observedGeneration:int64
autoscaling.v2.ContainerResourceMetricSource;container!:string;name!:string;target!:autoscaling.v2.MetricTarget
autoscaling.v2.ContainerResourceMetricStatus;container!:string;current!:autoscaling.v2.MetricValueStatus;name!:string
autoscaling.v2.CrossVersionObjectReference;apiVersion:string;kind!:string;name!:string
autoscaling.v2.ExternalMetricSource;metric!:autoscaling.v2.MetricIdentifier;target!:autoscaling.v2.MetricTarget
autoscaling.v2.ExternalMetricStatus;current!:autoscaling.v2.MetricValueStatus;metric!:autoscaling.v2.MetricIdentifier
autoscaling.v2.HPAScalingPolicy;periodSeconds!:int32;type!:string;value!:int32
autoscaling.v2.HPAScalingRules;policies:[]autoscaling.v2.HPAScalingPolicy;selectPolicy:string;stabilizationWindowSeconds:int32;tolerance:quantity@1.33
autoscaling.v2.HorizontalPodAutoscaler;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:autoscaling.v2.HorizontalPodAutoscalerSpec@-1.35;spec!:autoscaling.v2.HorizontalPodAutoscalerSpec@1.36;status:autoscaling.v2.HorizontalPodAutoscalerStatus
autoscaling.v2.HorizontalPodAutoscalerBehavior;scaleDown:autoscaling.v2.HPAScalingRules;scaleUp:autoscaling.v2.HPAScalingRules
autoscaling.v2.HorizontalPodAutoscalerCondition;lastTransitionTime:time;message:string;observedGeneration:int64@1.37;reason:string;status!:string;type!:string
autoscaling.v2.HorizontalPodAutoscalerSpec;behavior:autoscaling.v2.HorizontalPodAutoscalerBehavior;maxReplicas!:int32;metrics:[]autoscaling.v2.MetricSpec;minReplicas:int32;scaleTargetRef!:autoscaling.v2.CrossVersionObjectReference
autoscaling.v2.HorizontalPodAutoscalerStatus;conditions:[]autoscaling.v2.HorizontalPodAutoscalerCondition^type#type;currentMetrics:[]autoscaling.v2.MetricStatus;currentReplicas:int32;desiredReplicas!:int32;lastScaleTime:time;observedGeneration:int64
autoscaling.v2.MetricIdentifier;name!:string;selector:meta.v1.LabelSelector
autoscaling.v2.MetricSpec;containerResource:autoscaling.v2.ContainerResourceMetricSource;external:autoscaling.v2.ExternalMetricSource;object:autoscaling.v2.ObjectMetricSource;pods:autoscaling.v2.PodsMetricSource;resource:autoscaling.v2.ResourceMetricSource;type!:string
autoscaling.v2.MetricStatus;containerResource:autoscaling.v2.ContainerResourceMetricStatus;external:autoscaling.v2.ExternalMetricStatus;object:autoscaling.v2.ObjectMetricStatus;pods:autoscaling.v2.PodsMetricStatus;resource:autoscaling.v2.ResourceMetricStatus;type!:string
autoscaling.v2.MetricTarget;averageUtilization:int32;averageValue:quantity;type!:string;value:quantity
autoscaling.v2.MetricValueStatus;averageUtilization:int32;averageValue:quantity;value:quantity
autoscaling.v2.ObjectMetricSource;describedObject!:autoscaling.v2.CrossVersionObjectReference;metric!:autoscaling.v2.MetricIdentifier;target!:autoscaling.v2.MetricTarget
autoscaling.v2.ObjectMetricStatus;current!:autoscaling.v2.MetricValueStatus;describedObject!:autoscaling.v2.CrossVersionObjectReference;metric!:autoscaling.v2.MetricIdentifier
autoscaling.v2.PodsMetricSource;metric!:autoscaling.v2.MetricIdentifier;target!:autoscaling.v2.MetricTarget
autoscaling.v2.PodsMetricStatus;current!:autoscaling.v2.MetricValueStatus;metric!:autoscaling.v2.MetricIdentifier
autoscaling.v2.ResourceMetricSource;name!:string;target!:autoscaling.v2.MetricTarget
autoscaling.v2.ResourceMetricStatus;current!:autoscaling.v2.MetricValueStatus;name!:string
batch.v1.CronJob;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:batch.v1.CronJobSpec@-1.35;spec!:batch.v1.CronJobSpec@1.36;status:batch.v1.CronJobStatus
batch.v1.CronJobSpec;concurrencyPolicy:string=Allow|Forbid|Replace;failedJobsHistoryLimit:int32;jobTemplate!:batch.v1.JobTemplateSpec;schedule!:string;startingDeadlineSeconds:int64;successfulJobsHistoryLimit:int32;suspend:boolean;timeZone:string
batch.v1.CronJobStatus;active:[]core.v1.ObjectReference;lastScheduleTime:time;lastSuccessfulTime:time
batch.v1.Job;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:batch.v1.JobSpec;status:batch.v1.JobStatus
batch.v1.JobCondition;lastProbeTime:time;lastTransitionTime:time;message:string;reason:string;status!:string;type!:string
batch.v1.JobSchedulingConfiguration;disruptionMode:scheduling.v1alpha3.WorkloadPodGroupDisruptionMode@1.37;resourceClaims:[]scheduling.v1alpha3.WorkloadPodGroupResourceClaim^name#name@1.37;schedulingConstraints:scheduling.v1alpha3.WorkloadPodGroupSchedulingConstraints@1.37;schedulingPolicy:scheduling.v1alpha3.WorkloadPodGroupSchedulingPolicy@1.37
batch.v1.JobSpec;activeDeadlineSeconds:int64;backoffLimit:int32;backoffLimitPerIndex:int32;completionMode:string=Indexed|NonIndexed;completions:int32;managedBy:string@1.30;manualSelector:boolean;maxFailedIndexes:int32;parallelism:int32;podFailurePolicy:batch.v1.PodFailurePolicy;podReplacementPolicy:string=Failed|TerminatingOrFailed;scheduling:batch.v1.JobSchedulingConfiguration@1.37;selector:meta.v1.LabelSelector;successPolicy:batch.v1.SuccessPolicy@1.30;suspend:boolean;template!:core.v1.PodTemplateSpec;ttlSecondsAfterFinished:int32
batch.v1.JobStatus;active:int32;completedIndexes:string;completionTime:time;conditions:[]batch.v1.JobCondition^type;failed:int32;failedIndexes:string;ready:int32;startTime:time;succeeded:int32;terminating:int32;uncountedTerminatedPods:batch.v1.UncountedTerminatedPods
batch.v1.JobTemplateSpec;metadata:meta.v1.ObjectMeta;spec:batch.v1.JobSpec
batch.v1.PodFailurePolicy;rules!:[]batch.v1.PodFailurePolicyRule
batch.v1.PodFailurePolicyOnExitCodesRequirement;containerName:string;operator!:string=In|NotIn;values!:[]int32
batch.v1.PodFailurePolicyOnPodConditionsPattern;status!:string@-1.34;status:string@1.35;type!:string
batch.v1.PodFailurePolicyRule;action!:string=Count|FailIndex|FailJob|Ignore;onExitCodes:batch.v1.PodFailurePolicyOnExitCodesRequirement;onPodConditions:[]batch.v1.PodFailurePolicyOnPodConditionsPattern
batch.v1.SuccessPolicy;rules!:[]batch.v1.SuccessPolicyRule@1.30
batch.v1.SuccessPolicyRule;succeededCount:int32@1.30;succeededIndexes:string@1.30
batch.v1.UncountedTerminatedPods;failed:[]string;succeeded:[]string
certificates.v1.CertificateSigningRequest;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec!:certificates.v1.CertificateSigningRequestSpec;status:certificates.v1.CertificateSigningRequestStatus
certificates.v1.CertificateSigningRequestCondition;lastTransitionTime:time;lastUpdateTime:time;message:string;reason:string;status!:string;type!:string
certificates.v1.CertificateSigningRequestSpec;expirationSeconds:int32;extra:{}[]string;groups:[]string;request!:bytes;signerName!:string;uid:string;usages:[]string@-1.29;usages:[]string=any|cert sign|client auth|code signing|content commitment|crl sign|data encipherment|decipher only|digital signature|email protection|encipher only|ipsec end system|ipsec tunnel|ipsec user|key agreement|key encipherment|microsoft sgc|netscape sgc|ocsp signing|s/mime|server auth|signing|timestamping@1.30;username:string
certificates.v1.CertificateSigningRequestStatus;certificate:bytes;conditions:[]certificates.v1.CertificateSigningRequestCondition#type
certificates.v1.ClusterTrustBundle;apiVersion:string@1.37;kind:string@1.37;metadata:meta.v1.ObjectMeta@1.37;spec!:certificates.v1.ClusterTrustBundleSpec@1.37
certificates.v1.ClusterTrustBundleSpec;signerName:string@1.37;trustBundle!:string@1.37
certificates.v1.PodCertificateRequest;apiVersion:string@1.37;kind:string@1.37;metadata:meta.v1.ObjectMeta@1.37;spec!:certificates.v1.PodCertificateRequestSpec@1.37;status:certificates.v1.PodCertificateRequestStatus@1.37
certificates.v1.PodCertificateRequestSpec;maxExpirationSeconds:int32@1.37;nodeName!:string@1.37;nodeUID!:string@1.37;podName!:string@1.37;podUID!:string@1.37;serviceAccountName!:string@1.37;serviceAccountUID!:string@1.37;signerName!:string@1.37;stubPKCS10Request!:bytes@1.37;unverifiedUserAnnotations:{}string@1.37
certificates.v1.PodCertificateRequestStatus;beginRefreshAt:time@1.37;certificateChain:string@1.37;conditions:[]meta.v1.Condition^type#type@1.37;notAfter:time@1.37;notBefore:time@1.37
certificates.v1alpha1.ClusterTrustBundle;apiVersion:string@-1.36;kind:string@-1.36;metadata:meta.v1.ObjectMeta@-1.36;spec!:certificates.v1alpha1.ClusterTrustBundleSpec@-1.36
certificates.v1alpha1.ClusterTrustBundleSpec;signerName:string@-1.36;trustBundle!:string@-1.36
certificates.v1alpha1.PodCertificateRequest;apiVersion:string@1.34-1.34;kind:string@1.34-1.34;metadata:meta.v1.ObjectMeta@1.34-1.34;spec!:certificates.v1alpha1.PodCertificateRequestSpec@1.34-1.34;status:certificates.v1alpha1.PodCertificateRequestStatus@1.34-1.34
certificates.v1alpha1.PodCertificateRequestSpec;maxExpirationSeconds:int32@1.34-1.34;nodeName!:string@1.34-1.34;nodeUID!:string@1.34-1.34;pkixPublicKey!:bytes@1.34-1.34;podName!:string@1.34-1.34;podUID!:string@1.34-1.34;proofOfPossession!:bytes@1.34-1.34;serviceAccountName!:string@1.34-1.34;serviceAccountUID!:string@1.34-1.34;signerName!:string@1.34-1.34
certificates.v1alpha1.PodCertificateRequestStatus;beginRefreshAt:time@1.34-1.34;certificateChain:string@1.34-1.34;conditions:[]meta.v1.Condition^type#type@1.34-1.34;notAfter:time@1.34-1.34;notBefore:time@1.34-1.34
certificates.v1beta1.ClusterTrustBundle;apiVersion:string@1.33;kind:string@1.33;metadata:meta.v1.ObjectMeta@1.33;spec!:certificates.v1beta1.ClusterTrustBundleSpec@1.33
certificates.v1beta1.ClusterTrustBundleSpec;signerName:string@1.33;trustBundle!:string@1.33
certificates.v1beta1.PodCertificateRequest;apiVersion:string@1.35;kind:string@1.35;metadata:meta.v1.ObjectMeta@1.35;spec!:certificates.v1beta1.PodCertificateRequestSpec@1.35;status:certificates.v1beta1.PodCertificateRequestStatus@1.35
certificates.v1beta1.PodCertificateRequestSpec;maxExpirationSeconds:int32@1.35;nodeName!:string@1.35;nodeUID!:string@1.35;pkixPublicKey!:bytes@1.35-1.35;pkixPublicKey:bytes@1.36;podName!:string@1.35;podUID!:string@1.35;proofOfPossession!:bytes@1.35-1.35;proofOfPossession:bytes@1.36;serviceAccountName!:string@1.35;serviceAccountUID!:string@1.35;signerName!:string@1.35;stubPKCS10Request!:bytes@1.36;unverifiedUserAnnotations:{}string@1.35
certificates.v1beta1.PodCertificateRequestStatus;beginRefreshAt:time@1.35;certificateChain:string@1.35;conditions:[]meta.v1.Condition^type#type@1.35;notAfter:time@1.35;notBefore:time@1.35
coordination.v1.Lease;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:coordination.v1.LeaseSpec
coordination.v1.LeaseSpec;acquireTime:micro-time;holderIdentity:string;leaseDurationSeconds:int32;leaseTransitions:int32;preferredHolder:string@1.31;renewTime:micro-time;strategy:string@1.31
coordination.v1alpha1.LeaseCandidate;apiVersion:string@1.31-1.31;kind:string@1.31-1.31;metadata:meta.v1.ObjectMeta@1.31-1.31;spec:coordination.v1alpha1.LeaseCandidateSpec@1.31-1.31
coordination.v1alpha1.LeaseCandidateSpec;binaryVersion:string@1.31-1.31;emulationVersion:string@1.31-1.31;leaseName!:string@1.31-1.31;pingTime:micro-time@1.31-1.31;preferredStrategies!:[]string@1.31-1.31;renewTime:micro-time@1.31-1.31
coordination.v1alpha2.LeaseCandidate;apiVersion:string@1.32;kind:string@1.32;metadata:meta.v1.ObjectMeta@1.32;spec:coordination.v1alpha2.LeaseCandidateSpec@1.32-1.35;spec!:coordination.v1alpha2.LeaseCandidateSpec@1.36
coordination.v1alpha2.LeaseCandidateSpec;binaryVersion!:string@1.32;emulationVersion:string@1.32;leaseName!:string@1.32;pingTime:micro-time@1.32;renewTime:micro-time@1.32;strategy!:string@1.32
coordination.v1beta1.LeaseCandidate;apiVersion:string@1.33;kind:string@1.33;metadata:meta.v1.ObjectMeta@1.33;spec:coordination.v1beta1.LeaseCandidateSpec@1.33-1.35;spec!:coordination.v1beta1.LeaseCandidateSpec@1.36
coordination.v1beta1.LeaseCandidateSpec;binaryVersion!:string@1.33;emulationVersion:string@1.33;leaseName!:string@1.33;pingTime:micro-time@1.33;renewTime:micro-time@1.33;strategy!:string@1.33
core.v1.AWSElasticBlockStoreVolumeSource;fsType:string;partition:int32;readOnly:boolean;volumeID!:string
core.v1.Affinity;nodeAffinity:core.v1.NodeAffinity;podAffinity:core.v1.PodAffinity;podAntiAffinity:core.v1.PodAntiAffinity
core.v1.AppArmorProfile;localhostProfile:string@1.30;type!:string=Localhost|RuntimeDefault|Unconfined@1.30
core.v1.AttachedVolume;devicePath!:string;name!:string
core.v1.AzureDiskVolumeSource;cachingMode:string=None|ReadOnly|ReadWrite;diskName!:string;diskURI!:string;fsType:string;kind:string=Dedicated|Managed|Shared;readOnly:boolean
core.v1.AzureFilePersistentVolumeSource;readOnly:boolean;secretName!:string;secretNamespace:string;shareName!:string
core.v1.AzureFileVolumeSource;readOnly:boolean;secretName!:string;shareName!:string
core.v1.Binding;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;target!:core.v1.ObjectReference
core.v1.CSIPersistentVolumeSource;controllerExpandSecretRef:core.v1.SecretReference;controllerPublishSecretRef:core.v1.SecretReference;driver!:string;fsType:string;nodeExpandSecretRef:core.v1.SecretReference;nodePublishSecretRef:core.v1.SecretReference;nodeStageSecretRef:core.v1.SecretReference;readOnly:boolean;volumeAttributes:{}string;volumeHandle!:string
core.v1.CSIVolumeSource;driver!:string;fsType:string;nodePublishSecretRef:core.v1.LocalObjectReference;readOnly:boolean;volumeAttributes:{}string
core.v1.Capabilities;add:[]string;drop:[]string
core.v1.CephFSPersistentVolumeSource;monitors!:[]string;path:string;readOnly:boolean;secretFile:string;secretRef:core.v1.SecretReference;user:string
core.v1.CephFSVolumeSource;monitors!:[]string;path:string;readOnly:boolean;secretFile:string;secretRef:core.v1.LocalObjectReference;user:string
core.v1.CinderPersistentVolumeSource;fsType:string;readOnly:boolean;secretRef:core.v1.SecretReference;volumeID!:string
core.v1.CinderVolumeSource;fsType:string;readOnly:boolean;secretRef:core.v1.LocalObjectReference;volumeID!:string
core.v1.ClaimSource;resourceClaimName:string@-1.30;resourceClaimTemplateName:string@-1.30
core.v1.ClientIPConfig;timeoutSeconds:int32
core.v1.ClusterTrustBundleProjection;labelSelector:meta.v1.LabelSelector@1.29;name:string@1.29;optional:boolean@1.29;path!:string@1.29;signerName:string@1.29;user:int64@1.37
core.v1.ComponentCondition;error:string;message:string;status!:string;type!:string
core.v1.ComponentStatus;apiVersion:string;conditions:[]core.v1.ComponentCondition^type#type;kind:string;metadata:meta.v1.ObjectMeta
core.v1.ConfigMap;apiVersion:string;binaryData:{}bytes;data:{}string;immutable:boolean;kind:string;metadata:meta.v1.ObjectMeta
core.v1.ConfigMapEnvSource;name:string;optional:boolean
core.v1.ConfigMapKeySelector;key!:string;name:string;optional:boolean
core.v1.ConfigMapNodeConfigSource;kubeletConfigKey!:string;name!:string;namespace!:string;resourceVersion:string;uid:string
core.v1.ConfigMapProjection;items:[]core.v1.KeyToPath;name:string;optional:boolean
core.v1.ConfigMapVolumeSource;defaultMode:int32;defaultUser:int64@1.37;items:[]core.v1.KeyToPath;name:string;optional:boolean
core.v1.Container;args:[]string;command:[]string;env:[]core.v1.EnvVar^name#name;envFrom:[]core.v1.EnvFromSource;image:string;imagePullPolicy:string=Always|IfNotPresent|Never;lifecycle:core.v1.Lifecycle;livenessProbe:core.v1.Probe;name!:string;ports:[]core.v1.ContainerPort^containerPort#containerPort,protocol;readinessProbe:core.v1.Probe;resizePolicy:[]core.v1.ContainerResizePolicy;resources:core.v1.ResourceRequirements;restartPolicy:string;restartPolicyRules:[]core.v1.ContainerRestartRule@1.34;securityContext:core.v1.SecurityContext;startupProbe:core.v1.Probe;stdin:boolean;stdinOnce:boolean;terminationMessagePath:string;terminationMessagePolicy:string=FallbackToLogsOnError|File;tty:boolean;volumeDevices:[]core.v1.VolumeDevice^devicePath#devicePath;volumeMounts:[]core.v1.VolumeMount^mountPath#mountPath;workingDir:string
core.v1.ContainerExtendedResourceRequest;containerName!:string@1.34;requestName!:string@1.34;resourceName!:string@1.34
core.v1.ContainerImage;names:[]string;sizeBytes:int64
core.v1.ContainerPort;containerPort!:int32;hostIP:string;hostPort:int32;name:string;protocol:string=SCTP|TCP|UDP
core.v1.ContainerResizePolicy;resourceName!:string;restartPolicy!:string
core.v1.ContainerRestartRule;action!:string@1.34;exitCodes:core.v1.ContainerRestartRuleOnExitCodes@1.34
core.v1.ContainerRestartRuleOnExitCodes;operator!:string@1.34;values:[]int32@1.34
core.v1.ContainerState;running:core.v1.ContainerStateRunning;terminated:core.v1.ContainerStateTerminated;waiting:core.v1.ContainerStateWaiting
core.v1.ContainerStateRunning;startedAt:time
core.v1.ContainerStateTerminated;containerID:string;exitCode!:int32;finishedAt:time;message:string;reason:string;signal:int32;startedAt:time
core.v1.ContainerStateWaiting;message:string;reason:string
core.v1.ContainerStatus;allocatedResources:{}quantity;allocatedResourcesStatus:[]core.v1.ResourceStatus^name#name@1.31;containerID:string;image!:string;imageID!:string;lastState:core.v1.ContainerState;name!:string;ready!:boolean;resources:core.v1.ResourceRequirements;restartCount!:int32;started:boolean;state:core.v1.ContainerState;stopSignal:string=SIGABRT|SIGALRM|SIGBUS|SIGCHLD|SIGCLD|SIGCONT|SIGFPE|SIGHUP|SIGILL|SIGINT|SIGIO|SIGIOT|SIGKILL|SIGPIPE|SIGPOLL|SIGPROF|SIGPWR|SIGQUIT|SIGRTMAX|SIGRTMAX-1|SIGRTMAX-10|SIGRTMAX-11|SIGRTMAX-12|SIGRTMAX-13|SIGRTMAX-14|SIGRTMAX-2|SIGRTMAX-3|SIGRTMAX-4|SIGRTMAX-5|SIGRTMAX-6|SIGRTMAX-7|SIGRTMAX-8|SIGRTMAX-9|SIGRTMIN|SIGRTMIN+1|SIGRTMIN+10|SIGRTMIN+11|SIGRTMIN+12|SIGRTMIN+13|SIGRTMIN+14|SIGRTMIN+15|SIGRTMIN+2|SIGRTMIN+3|SIGRTMIN+4|SIGRTMIN+5|SIGRTMIN+6|SIGRTMIN+7|SIGRTMIN+8|SIGRTMIN+9|SIGSEGV|SIGSTKFLT|SIGSTOP|SIGSYS|SIGTERM|SIGTRAP|SIGTSTP|SIGTTIN|SIGTTOU|SIGURG|SIGUSR1|SIGUSR2|SIGVTALRM|SIGWINCH|SIGXCPU|SIGXFSZ@1.33;user:core.v1.ContainerUser@1.31;volumeMounts:[]core.v1.VolumeMountStatus^mountPath#mountPath@1.30
core.v1.ContainerUser;linux:core.v1.LinuxContainerUser@1.31
core.v1.DaemonEndpoint;Port!:int32
core.v1.DownwardAPIProjection;items:[]core.v1.DownwardAPIVolumeFile
core.v1.DownwardAPIVolumeFile;fieldRef:core.v1.ObjectFieldSelector;mode:int32;path!:string;resourceFieldRef:core.v1.ResourceFieldSelector;user:int64@1.37
core.v1.DownwardAPIVolumeSource;defaultMode:int32;defaultUser:int64@1.37;items:[]core.v1.DownwardAPIVolumeFile
core.v1.EmptyDirVolumeSource;medium:string;mode:int32@1.37;sizeLimit:quantity
core.v1.EndpointAddress;hostname:string;ip!:string;nodeName:string;targetRef:core.v1.ObjectReference
core.v1.EndpointPort;appProtocol:string;name:string;port!:int32;protocol:string=SCTP|TCP|UDP
core.v1.EndpointSubset;addresses:[]core.v1.EndpointAddress;notReadyAddresses:[]core.v1.EndpointAddress;ports:[]core.v1.EndpointPort
core.v1.Endpoints;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;subsets:[]core.v1.EndpointSubset
core.v1.EnvFromSource;configMapRef:core.v1.ConfigMapEnvSource;prefix:string;secretRef:core.v1.SecretEnvSource
core.v1.EnvVar;name!:string;value:string;valueFrom:core.v1.EnvVarSource
core.v1.EnvVarSource;configMapKeyRef:core.v1.ConfigMapKeySelector;fieldRef:core.v1.ObjectFieldSelector;fileKeyRef:core.v1.FileKeySelector@1.34;resourceFieldRef:core.v1.ResourceFieldSelector;secretKeyRef:core.v1.SecretKeySelector
core.v1.EphemeralContainer;args:[]string;command:[]string;env:[]core.v1.EnvVar^name#name;envFrom:[]core.v1.EnvFromSource;image:string;imagePullPolicy:string=Always|IfNotPresent|Never;lifecycle:core.v1.Lifecycle;livenessProbe:core.v1.Probe;name!:string;ports:[]core.v1.ContainerPort^containerPort#containerPort,protocol;readinessProbe:core.v1.Probe;resizePolicy:[]core.v1.ContainerResizePolicy;resources:core.v1.ResourceRequirements;restartPolicy:string;restartPolicyRules:[]core.v1.ContainerRestartRule@1.34;securityContext:core.v1.SecurityContext;startupProbe:core.v1.Probe;stdin:boolean;stdinOnce:boolean;targetContainerName:string;terminationMessagePath:string;terminationMessagePolicy:string=FallbackToLogsOnError|File;tty:boolean;volumeDevices:[]core.v1.VolumeDevice^devicePath#devicePath;volumeMounts:[]core.v1.VolumeMount^mountPath#mountPath;workingDir:string
core.v1.EphemeralVolumeSource;volumeClaimTemplate:core.v1.PersistentVolumeClaimTemplate
core.v1.Event;action:string;apiVersion:string;count:int32;eventTime:micro-time;firstTimestamp:time;involvedObject!:core.v1.ObjectReference;kind:string;lastTimestamp:time;message:string;metadata!:meta.v1.ObjectMeta;reason:string;related:core.v1.ObjectReference;reportingComponent:string;reportingInstance:string;series:core.v1.EventSeries;source:core.v1.EventSource;type:string
core.v1.EventSeries;count:int32;lastObservedTime:micro-time
core.v1.EventSource;component:string;host:string
core.v1.EvictionResponder;name!:string@1.37;priority!:int32@1.37
core.v1.ExecAction;command:[]string
core.v1.FCVolumeSource;fsType:string;lun:int32;readOnly:boolean;targetWWNs:[]string;wwids:[]string
core.v1.FileKeySelector;key!:string@1.34;optional:boolean@1.34;path!:string@1.34;volumeName!:string@1.34
core.v1.FlexPersistentVolumeSource;driver!:string;fsType:string;options:{}string;readOnly:boolean;secretRef:core.v1.SecretReference
core.v1.FlexVolumeSource;driver!:string;fsType:string;options:{}string;readOnly:boolean;secretRef:core.v1.LocalObjectReference
core.v1.FlockerVolumeSource;datasetName:string;datasetUUID:string
core.v1.GCEPersistentDiskVolumeSource;fsType:string;partition:int32;pdName!:string;readOnly:boolean
core.v1.GRPCAction;mode:string=Plaintext|TLS@1.37;port!:int32;service:string
core.v1.GitRepoVolumeSource;directory:string;repository!:string;revision:string
core.v1.GlusterfsPersistentVolumeSource;endpoints!:string;endpointsNamespace:string;path!:string;readOnly:boolean
core.v1.GlusterfsVolumeSource;endpoints!:string;path!:string;readOnly:boolean
core.v1.HTTPGetAction;host:string;httpHeaders:[]core.v1.HTTPHeader;path:string;port!:int-or-string;protocol:string=HTTP1|HTTP2@1.37;scheme:string=HTTP|HTTPS
core.v1.HTTPHeader;name!:string;value!:string
core.v1.HostAlias;hostnames:[]string;ip:string@-1.29;ip!:string@1.30
core.v1.HostIP;ip:string@-1.29;ip!:string@1.30
core.v1.HostPathVolumeSource;path!:string;type:string=|BlockDevice|CharDevice|Directory|DirectoryOrCreate|File|FileOrCreate|Socket
core.v1.ISCSIPersistentVolumeSource;chapAuthDiscovery:boolean;chapAuthSession:boolean;fsType:string;initiatorName:string;iqn!:string;iscsiInterface:string;lun!:int32;portals:[]string;readOnly:boolean;secretRef:core.v1.SecretReference;targetPortal!:string
core.v1.ISCSIVolumeSource;chapAuthDiscovery:boolean;chapAuthSession:boolean;fsType:string;initiatorName:string;iqn!:string;iscsiInterface:string;lun!:int32;portals:[]string;readOnly:boolean;secretRef:core.v1.LocalObjectReference;targetPortal!:string
core.v1.ImageVolumeSource;pullPolicy:string=Always|IfNotPresent|Never@1.31;reference:string@1.31
core.v1.ImageVolumeStatus;imageRef!:string@1.36
core.v1.KeyToPath;key!:string;mode:int32;path!:string;user:int64@1.37
core.v1.Lifecycle;postStart:core.v1.LifecycleHandler;preStop:core.v1.LifecycleHandler;stopSignal:string=SIGABRT|SIGALRM|SIGBUS|SIGCHLD|SIGCLD|SIGCONT|SIGFPE|SIGHUP|SIGILL|SIGINT|SIGIO|SIGIOT|SIGKILL|SIGPIPE|SIGPOLL|SIGPROF|SIGPWR|SIGQUIT|SIGRTMAX|SIGRTMAX-1|SIGRTMAX-10|SIGRTMAX-11|SIGRTMAX-12|SIGRTMAX-13|SIGRTMAX-14|SIGRTMAX-2|SIGRTMAX-3|SIGRTMAX-4|SIGRTMAX-5|SIGRTMAX-6|SIGRTMAX-7|SIGRTMAX-8|SIGRTMAX-9|SIGRTMIN|SIGRTMIN+1|SIGRTMIN+10|SIGRTMIN+11|SIGRTMIN+12|SIGRTMIN+13|SIGRTMIN+14|SIGRTMIN+15|SIGRTMIN+2|SIGRTMIN+3|SIGRTMIN+4|SIGRTMIN+5|SIGRTMIN+6|SIGRTMIN+7|SIGRTMIN+8|SIGRTMIN+9|SIGSEGV|SIGSTKFLT|SIGSTOP|SIGSYS|SIGTERM|SIGTRAP|SIGTSTP|SIGTTIN|SIGTTOU|SIGURG|SIGUSR1|SIGUSR2|SIGVTALRM|SIGWINCH|SIGXCPU|SIGXFSZ@1.33
core.v1.LifecycleHandler;exec:core.v1.ExecAction;httpGet:core.v1.HTTPGetAction;sleep:core.v1.SleepAction@1.29;tcpSocket:core.v1.TCPSocketAction
core.v1.LimitRange;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:core.v1.LimitRangeSpec
core.v1.LimitRangeItem;default:{}quantity;defaultRequest:{}quantity;max:{}quantity;maxLimitRequestRatio:{}quantity;min:{}quantity;type!:string
core.v1.LimitRangeSpec;limits!:[]core.v1.LimitRangeItem
core.v1.LinuxContainerUser;gid!:int64@1.31;supplementalGroups:[]int64@1.31;uid!:int64@1.31
core.v1.LoadBalancerIngress;hostname:string;ip:string;ipMode:string@1.29;ports:[]core.v1.PortStatus
core.v1.LoadBalancerStatus;ingress:[]core.v1.LoadBalancerIngress
core.v1.LocalObjectReference;name:string
core.v1.LocalVolumeSource;fsType:string;path!:string
core.v1.ModifyVolumeStatus;status!:string=InProgress|Infeasible|Pending@1.29;targetVolumeAttributesClassName:string@1.29
core.v1.NFSVolumeSource;path!:string;readOnly:boolean;server!:string
core.v1.Namespace;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:core.v1.NamespaceSpec;status:core.v1.NamespaceStatus
core.v1.NamespaceCondition;lastTransitionTime:time;message:string;reason:string;status!:string;type!:string
core.v1.NamespaceSpec;finalizers:[]string
core.v1.NamespaceStatus;conditions:[]core.v1.NamespaceCondition^type#type;phase:string=Active|Terminating
core.v1.Node;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:core.v1.NodeSpec;status:core.v1.NodeStatus
core.v1.NodeAddress;address!:string;type!:string
core.v1.NodeAffinity;preferredDuringSchedulingIgnoredDuringExecution:[]core.v1.PreferredSchedulingTerm;requiredDuringSchedulingIgnoredDuringExecution:core.v1.NodeSelector
core.v1.NodeAllocatableMappedResources;name!:string@1.37;quantity!:quantity@1.37
core.v1.NodeAllocatableOverheadResources;name!:string@1.37;perContainer:quantity@1.37;perPod:quantity@1.37
core.v1.NodeAllocatableResourceClaimStatus;containers:[]string@1.36;mapping:[]core.v1.NodeAllocatableMappedResources^name#name@1.37;overhead:[]core.v1.NodeAllocatableOverheadResources^name#name@1.37;resourceClaimName!:string@1.36;resources!:{}quantity@1.36-1.36
core.v1.NodeCondition;lastHeartbeatTime:time;lastTransitionTime:time;message:string;reason:string;status!:string;type!:string
core.v1.NodeConfigSource;configMap:core.v1.ConfigMapNodeConfigSource
core.v1.NodeConfigStatus;active:core.v1.NodeConfigSource;assigned:core.v1.NodeConfigSource;error:string;lastKnownGood:core.v1.NodeConfigSource
core.v1.NodeDaemonEndpoints;kubeletEndpoint:core.v1.DaemonEndpoint
core.v1.NodeFeatures;supplementalGroupsPolicy:boolean@1.31
core.v1.NodePodPreemptionPolicy;disableResizePreemption:[]string@1.37
core.v1.NodeRuntimeHandler;features:core.v1.NodeRuntimeHandlerFeatures@1.30;name:string@1.30
core.v1.NodeRuntimeHandlerFeatures;recursiveReadOnlyMounts:boolean@1.30;userNamespaces:boolean@1.31
core.v1.NodeSelector;nodeSelectorTerms!:[]core.v1.NodeSelectorTerm
core.v1.NodeSelectorRequirement;key!:string;operator!:string=DoesNotExist|Exists|Gt|In|Lt|NotIn;values:[]string
core.v1.NodeSelectorTerm;matchExpressions:[]core.v1.NodeSelectorRequirement;matchFields:[]core.v1.NodeSelectorRequirement
core.v1.NodeSpec;configSource:core.v1.NodeConfigSource;externalID:string;podCIDR:string;podCIDRs:[]string;podPreemptionPolicy:core.v1.NodePodPreemptionPolicy@1.37;providerID:string;taints:[]core.v1.Taint;unschedulable:boolean
core.v1.NodeStatus;addresses:[]core.v1.NodeAddress^type#type;allocatable:{}quantity;capacity:{}quantity;conditions:[]core.v1.NodeCondition^type#type;config:core.v1.NodeConfigStatus;daemonEndpoints:core.v1.NodeDaemonEndpoints;declaredFeatures:[]string@1.35;features:core.v1.NodeFeatures@1.31;images:[]core.v1.ContainerImage;nodeInfo:core.v1.NodeSystemInfo;phase:string=Pending|Running|Terminated;runtimeHandlers:[]core.v1.NodeRuntimeHandler@1.30;volumesAttached:[]core.v1.AttachedVolume;volumesInUse:[]string
core.v1.NodeSwapStatus;capacity:int64@1.33
core.v1.NodeSystemInfo;architecture!:string;bootID!:string;containerRuntimeVersion!:string;kernelVersion!:string;kubeProxyVersion!:string;kubeletVersion!:string;machineID!:string;operatingSystem!:string;osImage!:string;runningInUserNamespace:boolean@1.37;swap:core.v1.NodeSwapStatus@1.33;systemUUID!:string
core.v1.ObjectFieldSelector;apiVersion:string;fieldPath!:string
core.v1.ObjectReference;apiVersion:string;fieldPath:string;kind:string;name:string;namespace:string;resourceVersion:string;uid:string
core.v1.PersistentVolume;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:core.v1.PersistentVolumeSpec;status:core.v1.PersistentVolumeStatus
core.v1.PersistentVolumeClaim;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:core.v1.PersistentVolumeClaimSpec;status:core.v1.PersistentVolumeClaimStatus
core.v1.PersistentVolumeClaimCondition;lastProbeTime:time;lastTransitionTime:time;message:string;reason:string;status!:string;type!:string
core.v1.PersistentVolumeClaimSpec;accessModes:[]string@-1.29;accessModes:[]string=ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod@1.30;dataSource:core.v1.TypedLocalObjectReference;dataSourceRef:core.v1.TypedObjectReference;resources:core.v1.ResourceRequirements@-1.28;resources:core.v1.VolumeResourceRequirements@1.29;selector:meta.v1.LabelSelector;storageClassName:string;volumeAttributesClassName:string@1.29;volumeMode:string=Block|Filesystem;volumeName:string
core.v1.PersistentVolumeClaimStatus;accessModes:[]string@-1.29;accessModes:[]string=ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod@1.30;allocatedResourceStatuses:{}string@-1.29;allocatedResourceStatuses:{}string=ControllerResizeFailed|ControllerResizeInProgress|NodeResizeFailed|NodeResizeInProgress|NodeResizePending@1.30-1.30;allocatedResourceStatuses:{}string=ControllerResizeInProgress|ControllerResizeInfeasible|NodeResizeInProgress|NodeResizeInfeasible|NodeResizePending@1.31;allocatedResources:{}quantity;capacity:{}quantity;conditions:[]core.v1.PersistentVolumeClaimCondition^type#type;currentVolumeAttributesClassName:string@1.29;healthStatus:core.v1.VolumeHealthStatus@1.37;modifyVolumeStatus:core.v1.ModifyVolumeStatus@1.29;phase:string=Bound|Lost|Pending
core.v1.PersistentVolumeClaimTemplate;metadata:meta.v1.ObjectMeta;spec!:core.v1.PersistentVolumeClaimSpec
core.v1.PersistentVolumeClaimVolumeSource;claimName!:string;readOnly:boolean
core.v1.PersistentVolumeSpec;accessModes:[]string@-1.29;accessModes:[]string=ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod@1.30;awsElasticBlockStore:core.v1.AWSElasticBlockStoreVolumeSource;azureDisk:core.v1.AzureDiskVolumeSource;azureFile:core.v1.AzureFilePersistentVolumeSource;capacity:{}quantity;cephfs:core.v1.CephFSPersistentVolumeSource;cinder:core.v1.CinderPersistentVolumeSource;claimRef:core.v1.ObjectReference;csi:core.v1.CSIPersistentVolumeSource;fc:core.v1.FCVolumeSource;flexVolume:core.v1.FlexPersistentVolumeSource;flocker:core.v1.FlockerVolumeSource;gcePersistentDisk:core.v1.GCEPersistentDiskVolumeSource;glusterfs:core.v1.GlusterfsPersistentVolumeSource;hostPath:core.v1.HostPathVolumeSource;iscsi:core.v1.ISCSIPersistentVolumeSource;local:core.v1.LocalVolumeSource;mountOptions:[]string;nfs:core.v1.NFSVolumeSource;nodeAffinity:core.v1.VolumeNodeAffinity;persistentVolumeReclaimPolicy:string=Delete|Recycle|Retain;photonPersistentDisk:core.v1.PhotonPersistentDiskVolumeSource;portworxVolume:core.v1.PortworxVolumeSource;quobyte:core.v1.QuobyteVolumeSource;rbd:core.v1.RBDPersistentVolumeSource;scaleIO:core.v1.ScaleIOPersistentVolumeSource;storageClassName:string;storageos:core.v1.StorageOSPersistentVolumeSource;volumeAttributesClassName:string@1.29;volumeMode:string=Block|Filesystem;vsphereVolume:core.v1.VsphereVirtualDiskVolumeSource
core.v1.PersistentVolumeStatus;lastPhaseTransitionTime:time;message:string;phase:string=Available|Bound|Failed|Pending|Released;reason:string
core.v1.PhotonPersistentDiskVolumeSource;fsType:string;pdID!:string
core.v1.Pod;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:core.v1.PodSpec;status:core.v1.PodStatus
core.v1.PodAffinity;preferredDuringSchedulingIgnoredDuringExecution:[]core.v1.WeightedPodAffinityTerm;requiredDuringSchedulingIgnoredDuringExecution:[]core.v1.PodAffinityTerm
core.v1.PodAffinityTerm;labelSelector:meta.v1.LabelSelector;matchLabelKeys:[]string@1.29;mismatchLabelKeys:[]string@1.29;namespaceSelector:meta.v1.LabelSelector;namespaces:[]string;topologyKey!:string
core.v1.PodAntiAffinity;preferredDuringSchedulingIgnoredDuringExecution:[]core.v1.WeightedPodAffinityTerm;requiredDuringSchedulingIgnoredDuringExecution:[]core.v1.PodAffinityTerm
core.v1.PodCertificateProjection;certificateChainPath:string@1.34;credentialBundlePath:string@1.34;keyPath:string@1.34;keyType!:string@1.34;maxExpirationSeconds:int32@1.34;signerName!:string@1.34;user:int64@1.37;userAnnotations:{}string@1.35
core.v1.PodCondition;lastProbeTime:time;lastTransitionTime:time;message:string;observedGeneration:int64@1.33;reason:string;status!:string;type!:string
core.v1.PodDNSConfig;nameservers:[]string;options:[]core.v1.PodDNSConfigOption;searches:[]string
core.v1.PodDNSConfigOption;name:string;value:string
core.v1.PodExtendedResourceClaimStatus;requestMappings!:[]core.v1.ContainerExtendedResourceRequest@1.34;resourceClaimName!:string@1.34
core.v1.PodIP;ip:string@-1.29;ip!:string@1.30
core.v1.PodOS;name!:string
core.v1.PodReadinessGate;conditionType!:string
core.v1.PodResourceClaim;name!:string;resourceClaimName:string@1.31;resourceClaimTemplateName:string@1.31;source:core.v1.ClaimSource@-1.30
core.v1.PodResourceClaimStatus;name!:string;resourceClaimName:string
core.v1.PodSchedulingGate;name!:string
core.v1.PodSchedulingGroup;podGroupName:string@1.36
core.v1.PodSecurityContext;appArmorProfile:core.v1.AppArmorProfile@1.30;fsGroup:int64;fsGroupChangePolicy:string=Always|OnRootMismatch;runAsGroup:int64;runAsNonRoot:boolean;runAsUser:int64;seLinuxChangePolicy:string@1.32;seLinuxOptions:core.v1.SELinuxOptions;seccompProfile:core.v1.SeccompProfile;supplementalGroups:[]int64;supplementalGroupsPolicy:string=Merge|Strict@1.31;sysctls:[]core.v1.Sysctl;windowsOptions:core.v1.WindowsSecurityContextOptions
core.v1.PodSpec;activeDeadlineSeconds:int64;affinity:core.v1.Affinity;automountServiceAccountToken:boolean;containers!:[]core.v1.Container^name#name;dnsConfig:core.v1.PodDNSConfig;dnsPolicy:string=ClusterFirst|ClusterFirstWithHostNet|Default|None;enableServiceLinks:boolean;ephemeralContainers:[]core.v1.EphemeralContainer^name#name;evictionResponders:[]core.v1.EvictionResponder^name#name@1.37;hostAliases:[]core.v1.HostAlias^ip#ip;hostIPC:boolean;hostNetwork:boolean;hostPID:boolean;hostUsers:boolean;hostname:string;hostnameOverride:string@1.34;imagePullSecrets:[]core.v1.LocalObjectReference^name#name;initContainers:[]core.v1.Container^name#name;nodeName:string;nodeSelector:{}string;os:core.v1.PodOS;overhead:{}quantity;preemptionPolicy:string=Never|PreemptLowerPriority;priority:int32;priorityClassName:string;readinessGates:[]core.v1.PodReadinessGate;resourceClaims:[]core.v1.PodResourceClaim^name#name;resources:core.v1.ResourceRequirements@1.32;restartPolicy:string=Always|Never|OnFailure;runtimeClassName:string;schedulerName:string;schedulingGates:[]core.v1.PodSchedulingGate^name#name;schedulingGroup:core.v1.PodSchedulingGroup@1.36;securityContext:core.v1.PodSecurityContext;serviceAccount:string;serviceAccountName:string;setHostnameAsFQDN:boolean;shareProcessNamespace:boolean;subdomain:string;terminationGracePeriodSeconds:int64;tolerations:[]core.v1.Toleration;topologySpreadConstraints:[]core.v1.TopologySpreadConstraint^topologyKey#topologyKey,whenUnsatisfiable;volumes:[]core.v1.Volume^name#name;workloadRef:core.v1.WorkloadReference@1.35-1.35
core.v1.PodStatus;allocatedResources:{}quantity@1.35;conditions:[]core.v1.PodCondition^type#type;containerStatuses:[]core.v1.ContainerStatus;ephemeralContainerStatuses:[]core.v1.ContainerStatus;extendedResourceClaimStatus:core.v1.PodExtendedResourceClaimStatus@1.34;hostIP:string;hostIPs:[]core.v1.HostIP^ip;initContainerStatuses:[]core.v1.ContainerStatus;message:string;nodeAllocatableResourceClaimStatuses:[]core.v1.NodeAllocatableResourceClaimStatus^resourceClaimName#resourceClaimName@1.36;nominatedNodeName:string;observedGeneration:int64@1.33;phase:string=Failed|Pending|Running|Succeeded|Unknown;podIP:string;podIPs:[]core.v1.PodIP^ip#ip;qosClass:string=BestEffort|Burstable|Guaranteed;reason:string;resize:string;resourceClaimStatuses:[]core.v1.PodResourceClaimStatus^name#name;resources:core.v1.ResourceRequirements@1.35;startTime:time;volumeHealth:[]core.v1.PodVolumeHealth#name@1.37
core.v1.PodTemplate;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;template:core.v1.PodTemplateSpec
core.v1.PodTemplateSpec;metadata:meta.v1.ObjectMeta;spec:core.v1.PodSpec
core.v1.PodVolumeHealth;healthConditions:[]core.v1.VolumeHealthCondition^status#status,reason@1.37;lastTransitionTime:time@1.37;name!:string@1.37
core.v1.PortStatus;error:string;port!:int32;protocol!:string=SCTP|TCP|UDP
core.v1.PortworxVolumeSource;fsType:string;readOnly:boolean;volumeID!:string
core.v1.PreferredSchedulingTerm;preference!:core.v1.NodeSelectorTerm;weight!:int32
core.v1.Probe;exec:core.v1.ExecAction;failureThreshold:int32;grpc:core.v1.GRPCAction;httpGet:core.v1.HTTPGetAction;initialDelaySeconds:int32;periodSeconds:int32;successThreshold:int32;tcpSocket:core.v1.TCPSocketAction;terminationGracePeriodSeconds:int64;timeoutSeconds:int32
core.v1.ProjectedVolumeSource;defaultMode:int32;defaultUser:int64@1.37;sources:[]core.v1.VolumeProjection
core.v1.QuobyteVolumeSource;group:string;readOnly:boolean;registry!:string;tenant:string;user:string;volume!:string
core.v1.RBDPersistentVolumeSource;fsType:string;image!:string;keyring:string;monitors!:[]string;pool:string;readOnly:boolean;secretRef:core.v1.SecretReference;user:string
core.v1.RBDVolumeSource;fsType:string;image!:string;keyring:string;monitors!:[]string;pool:string;readOnly:boolean;secretRef:core.v1.LocalObjectReference;user:string
core.v1.ReplicationController;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:core.v1.ReplicationControllerSpec;status:core.v1.ReplicationControllerStatus
core.v1.ReplicationControllerCondition;lastTransitionTime:time;message:string;reason:string;status!:string;type!:string
core.v1.ReplicationControllerSpec;minReadySeconds:int32;replicas:int32;selector:{}string;template:core.v1.PodTemplateSpec
core.v1.ReplicationControllerStatus;availableReplicas:int32;conditions:[]core.v1.ReplicationControllerCondition^type#type;fullyLabeledReplicas:int32;observedGeneration:int64;readyReplicas:int32;replicas!:int32
core.v1.ResourceClaim;name!:string;request:string@1.31
core.v1.ResourceFieldSelector;containerName:string;divisor:quantity;resource!:string
core.v1.ResourceHealth;health:string@1.31;message:string@1.36;resourceID!:string@1.31
core.v1.ResourceQuota;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:core.v1.ResourceQuotaSpec;status:core.v1.ResourceQuotaStatus
core.v1.ResourceQuotaSpec;hard:{}quantity;scopeSelector:core.v1.ScopeSelector;scopes:[]string@-1.29;scopes:[]string=BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating@1.30-1.32;scopes:[]string=BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating|VolumeAttributesClass@1.33
core.v1.ResourceQuotaStatus;hard:{}quantity;used:{}quantity
core.v1.ResourceRequirements;claims:[]core.v1.ResourceClaim#name;limits:{}quantity;requests:{}quantity
core.v1.ResourceStatus;name!:string@1.31;resources:[]core.v1.ResourceHealth#resourceID@1.31
core.v1.SELinuxOptions;level:string;role:string;type:string;user:string
core.v1.ScaleIOPersistentVolumeSource;fsType:string;gateway!:string;protectionDomain:string;readOnly:boolean;secretRef!:core.v1.SecretReference;sslEnabled:boolean;storageMode:string;storagePool:string;system!:string;volumeName:string
core.v1.ScaleIOVolumeSource;fsType:string;gateway!:string;protectionDomain:string;readOnly:boolean;secretRef!:core.v1.LocalObjectReference;sslEnabled:boolean;storageMode:string;storagePool:string;system!:string;volumeName:string
core.v1.ScopeSelector;matchExpressions:[]core.v1.ScopedResourceSelectorRequirement
core.v1.ScopedResourceSelectorRequirement;operator!:string=DoesNotExist|Exists|In|NotIn;scopeName!:string=BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating@-1.32;scopeName!:string=BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating|VolumeAttributesClass@1.33;values:[]string
core.v1.SeccompProfile;localhostProfile:string;type!:string=Localhost|RuntimeDefault|Unconfined
core.v1.Secret;apiVersion:string;data:{}bytes;immutable:boolean;kind:string;metadata:meta.v1.ObjectMeta;stringData:{}string;type:string
core.v1.SecretEnvSource;name:string;optional:boolean
core.v1.SecretKeySelector;key!:string;name:string;optional:boolean
core.v1.SecretProjection;items:[]core.v1.KeyToPath;name:string;optional:boolean
core.v1.SecretReference;name:string;namespace:string
core.v1.SecretVolumeSource;defaultMode:int32;defaultUser:int64@1.37;items:[]core.v1.KeyToPath;optional:boolean;secretName:string
core.v1.SecurityContext;allowPrivilegeEscalation:boolean;appArmorProfile:core.v1.AppArmorProfile@1.30;capabilities:core.v1.Capabilities;privileged:boolean;procMount:string=Default|Unmasked;readOnlyRootFilesystem:boolean;runAsGroup:int64;runAsNonRoot:boolean;runAsUser:int64;seLinuxOptions:core.v1.SELinuxOptions;seccompProfile:core.v1.SeccompProfile;windowsOptions:core.v1.WindowsSecurityContextOptions
core.v1.Service;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:core.v1.ServiceSpec;status:core.v1.ServiceStatus
core.v1.ServiceAccount;apiVersion:string;automountServiceAccountToken:boolean;imagePullSecrets:[]core.v1.LocalObjectReference;kind:string;metadata:meta.v1.ObjectMeta;secrets:[]core.v1.ObjectReference^name#name
core.v1.ServiceAccountTokenProjection;audience:string;expirationSeconds:int64;path!:string;user:int64@1.37
core.v1.ServicePort;appProtocol:string;name:string;nodePort:int32;port!:int32;protocol:string=SCTP|TCP|UDP;targetPort:int-or-string
core.v1.ServiceSpec;allocateLoadBalancerNodePorts:boolean;clusterIP:string;clusterIPs:[]string;externalIPs:[]string;externalName:string;externalTrafficPolicy:string=Cluster|Cluster|Local|Local@-1.29;externalTrafficPolicy:string=Cluster|Local@1.30;healthCheckNodePort:int32;internalTrafficPolicy:string=Cluster|Local;ipFamilies:[]string@-1.29;ipFamilies:[]string=|IPv4|IPv6@1.30;ipFamilyPolicy:string=PreferDualStack|RequireDualStack|SingleStack;loadBalancerClass:string;loadBalancerIP:string;loadBalancerSourceRanges:[]string;ports:[]core.v1.ServicePort^port#port,protocol;publishNotReadyAddresses:boolean;selector:{}string;sessionAffinity:string=ClientIP|None;sessionAffinityConfig:core.v1.SessionAffinityConfig;trafficDistribution:string@1.30;type:string=ClusterIP|ExternalName|LoadBalancer|NodePort
core.v1.ServiceStatus;conditions:[]meta.v1.Condition^type#type;loadBalancer:core.v1.LoadBalancerStatus
core.v1.SessionAffinityConfig;clientIP:core.v1.ClientIPConfig
core.v1.SleepAction;seconds!:int64@1.29
core.v1.StorageOSPersistentVolumeSource;fsType:string;readOnly:boolean;secretRef:core.v1.ObjectReference;volumeName:string;volumeNamespace:string
core.v1.StorageOSVolumeSource;fsType:string;readOnly:boolean;secretRef:core.v1.LocalObjectReference;volumeName:string;volumeNamespace:string
core.v1.Sysctl;name!:string;value!:string
core.v1.TCPSocketAction;host:string;port!:int-or-string
core.v1.Taint;effect!:string=NoExecute|NoSchedule|PreferNoSchedule;key!:string;timeAdded:time;value:string
core.v1.Toleration;effect:string=NoExecute|NoSchedule|PreferNoSchedule;key:string;operator:string=Equal|Exists@-1.34;operator:string=Equal|Exists|Gt|Lt@1.35;tolerationSeconds:int64;value:string
core.v1.TopologySelectorLabelRequirement;key!:string;values!:[]string
core.v1.TopologySelectorTerm;matchLabelExpressions:[]core.v1.TopologySelectorLabelRequirement
core.v1.TopologySpreadConstraint;labelSelector:meta.v1.LabelSelector;matchLabelKeys:[]string;maxSkew!:int32;minDomains:int32;nodeAffinityPolicy:string=Honor|Ignore;nodeTaintsPolicy:string=Honor|Ignore;topologyKey!:string;whenUnsatisfiable!:string=DoNotSchedule|ScheduleAnyway
core.v1.TypedLocalObjectReference;apiGroup:string;kind!:string;name!:string
core.v1.TypedObjectReference;apiGroup:string;kind!:string;name!:string;namespace:string
core.v1.Volume;awsElasticBlockStore:core.v1.AWSElasticBlockStoreVolumeSource;azureDisk:core.v1.AzureDiskVolumeSource;azureFile:core.v1.AzureFileVolumeSource;cephfs:core.v1.CephFSVolumeSource;cinder:core.v1.CinderVolumeSource;configMap:core.v1.ConfigMapVolumeSource;csi:core.v1.CSIVolumeSource;downwardAPI:core.v1.DownwardAPIVolumeSource;emptyDir:core.v1.EmptyDirVolumeSource;ephemeral:core.v1.EphemeralVolumeSource;fc:core.v1.FCVolumeSource;flexVolume:core.v1.FlexVolumeSource;flocker:core.v1.FlockerVolumeSource;gcePersistentDisk:core.v1.GCEPersistentDiskVolumeSource;gitRepo:core.v1.GitRepoVolumeSource;glusterfs:core.v1.GlusterfsVolumeSource;hostPath:core.v1.HostPathVolumeSource;image:core.v1.ImageVolumeSource@1.31;iscsi:core.v1.ISCSIVolumeSource;name!:string;nfs:core.v1.NFSVolumeSource;persistentVolumeClaim:core.v1.PersistentVolumeClaimVolumeSource;photonPersistentDisk:core.v1.PhotonPersistentDiskVolumeSource;portworxVolume:core.v1.PortworxVolumeSource;projected:core.v1.ProjectedVolumeSource;quobyte:core.v1.QuobyteVolumeSource;rbd:core.v1.RBDVolumeSource;scaleIO:core.v1.ScaleIOVolumeSource;secret:core.v1.SecretVolumeSource;storageos:core.v1.StorageOSVolumeSource;vsphereVolume:core.v1.VsphereVirtualDiskVolumeSource
core.v1.VolumeDevice;devicePath!:string;name!:string
core.v1.VolumeHealthCondition;message:string@1.37;reason!:string@1.37;status!:string=DataLoss|Degraded|Inaccessible@1.37
core.v1.VolumeHealthStatus;healthConditions:[]core.v1.VolumeHealthCondition^status#status,reason@1.37;lastTransitionTime:time@1.37
core.v1.VolumeMount;bindMountOptions:[]string@1.37;mountPath!:string;mountPropagation:string=Bidirectional|HostToContainer|None;name!:string;readOnly:boolean;recursiveReadOnly:string@1.30;subPath:string;subPathExpr:string
core.v1.VolumeMountStatus;mountPath!:string@1.30;name!:string@1.30;readOnly:boolean@1.30;recursiveReadOnly:string@1.30;volumeStatus:core.v1.VolumeStatus@1.36
core.v1.VolumeNodeAffinity;required:core.v1.NodeSelector
core.v1.VolumeProjection;clusterTrustBundle:core.v1.ClusterTrustBundleProjection@1.29;configMap:core.v1.ConfigMapProjection;downwardAPI:core.v1.DownwardAPIProjection;podCertificate:core.v1.PodCertificateProjection@1.34;secret:core.v1.SecretProjection;serviceAccountToken:core.v1.ServiceAccountTokenProjection
core.v1.VolumeResourceRequirements;limits:{}quantity@1.29;requests:{}quantity@1.29
core.v1.VolumeStatus;image:core.v1.ImageVolumeStatus@1.36
core.v1.VsphereVirtualDiskVolumeSource;fsType:string;storagePolicyID:string;storagePolicyName:string;volumePath!:string
core.v1.WeightedPodAffinityTerm;podAffinityTerm!:core.v1.PodAffinityTerm;weight!:int32
core.v1.WindowsSecurityContextOptions;gmsaCredentialSpec:string;gmsaCredentialSpecName:string;hostProcess:boolean;runAsUserName:string
core.v1.WorkloadReference;name!:string@1.35-1.35;podGroup!:string@1.35-1.35;podGroupReplicaKey:string@1.35-1.35
discovery.v1.Endpoint;addresses!:[]string;conditions:discovery.v1.EndpointConditions;deprecatedTopology:{}string;hints:discovery.v1.EndpointHints;hostname:string;nodeName:string;targetRef:core.v1.ObjectReference;zone:string
discovery.v1.EndpointConditions;ready:boolean;serving:boolean;terminating:boolean
discovery.v1.EndpointHints;forNodes:[]discovery.v1.ForNode@1.33;forZones:[]discovery.v1.ForZone
discovery.v1.EndpointPort;appProtocol:string;name:string;port:int32;protocol:string=SCTP|TCP|UDP
discovery.v1.EndpointSlice;addressType!:string=FQDN|IPv4|IPv6;apiVersion:string;endpoints!:[]discovery.v1.Endpoint@-1.35;endpoints:[]discovery.v1.Endpoint@1.36;kind:string;metadata:meta.v1.ObjectMeta;ports:[]discovery.v1.EndpointPort
discovery.v1.ForNode;name!:string@1.33
discovery.v1.ForZone;name!:string
events.v1.Event;action:string;apiVersion:string;deprecatedCount:int32;deprecatedFirstTimestamp:time;deprecatedLastTimestamp:time;deprecatedSource:core.v1.EventSource;eventTime!:micro-time;kind:string;metadata:meta.v1.ObjectMeta;note:string;reason:string;regarding:core.v1.ObjectReference;related:core.v1.ObjectReference;reportingController:string;reportingInstance:string;series:events.v1.EventSeries;type:string
events.v1.EventSeries;count!:int32;lastObservedTime!:micro-time
flowcontrol.v1.ExemptPriorityLevelConfiguration;lendablePercent:int32@1.29;nominalConcurrencyShares:int32@1.29
flowcontrol.v1.FlowDistinguisherMethod;type!:string@1.29
flowcontrol.v1.FlowSchema;apiVersion:string@1.29;kind:string@1.29;metadata:meta.v1.ObjectMeta@1.29;spec:flowcontrol.v1.FlowSchemaSpec@1.29-1.36;spec!:flowcontrol.v1.FlowSchemaSpec@1.37;status:flowcontrol.v1.FlowSchemaStatus@1.29
flowcontrol.v1.FlowSchemaCondition;lastTransitionTime:time@1.29;message:string@1.29;reason:string@1.29;status:string@1.29;type:string@1.29-1.36;type!:string@1.37
flowcontrol.v1.FlowSchemaSpec;distinguisherMethod:flowcontrol.v1.FlowDistinguisherMethod@1.29;matchingPrecedence:int32@1.29;priorityLevelConfiguration!:flowcontrol.v1.PriorityLevelConfigurationReference@1.29;rules:[]flowcontrol.v1.PolicyRulesWithSubjects@1.29
flowcontrol.v1.FlowSchemaStatus;conditions:[]flowcontrol.v1.FlowSchemaCondition^type#type@1.29
flowcontrol.v1.GroupSubject;name!:string@1.29
flowcontrol.v1.LimitResponse;queuing:flowcontrol.v1.QueuingConfiguration@1.29;type!:string@1.29
flowcontrol.v1.LimitedPriorityLevelConfiguration;borrowingLimitPercent:int32@1.29;lendablePercent:int32@1.29;limitResponse:flowcontrol.v1.LimitResponse@1.29-1.36;limitResponse!:flowcontrol.v1.LimitResponse@1.37;nominalConcurrencyShares:int32@1.29
flowcontrol.v1.NonResourcePolicyRule;nonResourceURLs!:[]string@1.29;verbs!:[]string@1.29
flowcontrol.v1.PolicyRulesWithSubjects;nonResourceRules:[]flowcontrol.v1.NonResourcePolicyRule@1.29;resourceRules:[]flowcontrol.v1.ResourcePolicyRule@1.29;subjects!:[]flowcontrol.v1.Subject@1.29
flowcontrol.v1.PriorityLevelConfiguration;apiVersion:string@1.29;kind:string@1.29;metadata:meta.v1.ObjectMeta@1.29;spec:flowcontrol.v1.PriorityLevelConfigurationSpec@1.29-1.36;spec!:flowcontrol.v1.PriorityLevelConfigurationSpec@1.37;status:flowcontrol.v1.PriorityLevelConfigurationStatus@1.29
flowcontrol.v1.PriorityLevelConfigurationCondition;lastTransitionTime:time@1.29;message:string@1.29;reason:string@1.29;status:string@1.29;type:string@1.29-1.36;type!:string@1.37
flowcontrol.v1.PriorityLevelConfigurationReference;name!:string@1.29
flowcontrol.v1.PriorityLevelConfigurationSpec;exempt:flowcontrol.v1.ExemptPriorityLevelConfiguration@1.29;limited:flowcontrol.v1.LimitedPriorityLevelConfiguration@1.29;type!:string@1.29
flowcontrol.v1.PriorityLevelConfigurationStatus;conditions:[]flowcontrol.v1.PriorityLevelConfigurationCondition^type#type@1.29
flowcontrol.v1.QueuingConfiguration;handSize:int32@1.29;queueLengthLimit:int32@1.29;queues:int32@1.29
flowcontrol.v1.ResourcePolicyRule;apiGroups!:[]string@1.29;clusterScope:boolean@1.29;namespaces:[]string@1.29;resources!:[]string@1.29;verbs!:[]string@1.29
flowcontrol.v1.ServiceAccountSubject;name!:string@1.29;namespace!:string@1.29
flowcontrol.v1.Subject;group:flowcontrol.v1.GroupSubject@1.29;kind!:string@1.29;serviceAccount:flowcontrol.v1.ServiceAccountSubject@1.29;user:flowcontrol.v1.UserSubject@1.29
flowcontrol.v1.UserSubject;name!:string@1.29
flowcontrol.v1beta2.ExemptPriorityLevelConfiguration;lendablePercent:int32@-1.28;nominalConcurrencyShares:int32@-1.28
flowcontrol.v1beta2.FlowDistinguisherMethod;type!:string@-1.28
flowcontrol.v1beta2.FlowSchema;apiVersion:string@-1.28;kind:string@-1.28;metadata:meta.v1.ObjectMeta@-1.28;spec:flowcontrol.v1beta2.FlowSchemaSpec@-1.28;status:flowcontrol.v1beta2.FlowSchemaStatus@-1.28
flowcontrol.v1beta2.FlowSchemaCondition;lastTransitionTime:time@-1.28;message:string@-1.28;reason:string@-1.28;status:string@-1.28;type:string@-1.28
flowcontrol.v1beta2.FlowSchemaSpec;distinguisherMethod:flowcontrol.v1beta2.FlowDistinguisherMethod@-1.28;matchingPrecedence:int32@-1.28;priorityLevelConfiguration!:flowcontrol.v1beta2.PriorityLevelConfigurationReference@-1.28;rules:[]flowcontrol.v1beta2.PolicyRulesWithSubjects@-1.28
flowcontrol.v1beta2.FlowSchemaStatus;conditions:[]flowcontrol.v1beta2.FlowSchemaCondition#type@-1.28
flowcontrol.v1beta2.GroupSubject;name!:string@-1.28
flowcontrol.v1beta2.LimitResponse;queuing:flowcontrol.v1beta2.QueuingConfiguration@-1.28;type!:string@-1.28
flowcontrol.v1beta2.LimitedPriorityLevelConfiguration;assuredConcurrencyShares:int32@-1.28;borrowingLimitPercent:int32@-1.28;lendablePercent:int32@-1.28;limitResponse:flowcontrol.v1beta2.LimitResponse@-1.28
flowcontrol.v1beta2.NonResourcePolicyRule;nonResourceURLs!:[]string@-1.28;verbs!:[]string@-1.28
flowcontrol.v1beta2.PolicyRulesWithSubjects;nonResourceRules:[]flowcontrol.v1beta2.NonResourcePolicyRule@-1.28;resourceRules:[]flowcontrol.v1beta2.ResourcePolicyRule@-1.28;subjects!:[]flowcontrol.v1beta2.Subject@-1.28
flowcontrol.v1beta2.PriorityLevelConfiguration;apiVersion:string@-1.28;kind:string@-1.28;metadata:meta.v1.ObjectMeta@-1.28;spec:flowcontrol.v1beta2.PriorityLevelConfigurationSpec@-1.28;status:flowcontrol.v1beta2.PriorityLevelConfigurationStatus@-1.28
flowcontrol.v1beta2.PriorityLevelConfigurationCondition;lastTransitionTime:time@-1.28;message:string@-1.28;reason:string@-1.28;status:string@-1.28;type:string@-1.28
flowcontrol.v1beta2.PriorityLevelConfigurationReference;name!:string@-1.28
flowcontrol.v1beta2.PriorityLevelConfigurationSpec;exempt:flowcontrol.v1beta2.ExemptPriorityLevelConfiguration@-1.28;limited:flowcontrol.v1beta2.LimitedPriorityLevelConfiguration@-1.28;type!:string@-1.28
flowcontrol.v1beta2.PriorityLevelConfigurationStatus;conditions:[]flowcontrol.v1beta2.PriorityLevelConfigurationCondition#type@-1.28
flowcontrol.v1beta2.QueuingConfiguration;handSize:int32@-1.28;queueLengthLimit:int32@-1.28;queues:int32@-1.28
flowcontrol.v1beta2.ResourcePolicyRule;apiGroups!:[]string@-1.28;clusterScope:boolean@-1.28;namespaces:[]string@-1.28;resources!:[]string@-1.28;verbs!:[]string@-1.28
flowcontrol.v1beta2.ServiceAccountSubject;name!:string@-1.28;namespace!:string@-1.28
flowcontrol.v1beta2.Subject;group:flowcontrol.v1beta2.GroupSubject@-1.28;kind!:string@-1.28;serviceAccount:flowcontrol.v1beta2.ServiceAccountSubject@-1.28;user:flowcontrol.v1beta2.UserSubject@-1.28
flowcontrol.v1beta2.UserSubject;name!:string@-1.28
flowcontrol.v1beta3.ExemptPriorityLevelConfiguration;lendablePercent:int32@-1.31;nominalConcurrencyShares:int32@-1.31
flowcontrol.v1beta3.FlowDistinguisherMethod;type!:string@-1.31
flowcontrol.v1beta3.FlowSchema;apiVersion:string@-1.31;kind:string@-1.31;metadata:meta.v1.ObjectMeta@-1.31;spec:flowcontrol.v1beta3.FlowSchemaSpec@-1.31;status:flowcontrol.v1beta3.FlowSchemaStatus@-1.31
flowcontrol.v1beta3.FlowSchemaCondition;lastTransitionTime:time@-1.31;message:string@-1.31;reason:string@-1.31;status:string@-1.31;type:string@-1.31
flowcontrol.v1beta3.FlowSchemaSpec;distinguisherMethod:flowcontrol.v1beta3.FlowDistinguisherMethod@-1.31;matchingPrecedence:int32@-1.31;priorityLevelConfiguration!:flowcontrol.v1beta3.PriorityLevelConfigurationReference@-1.31;rules:[]flowcontrol.v1beta3.PolicyRulesWithSubjects@-1.31
flowcontrol.v1beta3.FlowSchemaStatus;conditions:[]flowcontrol.v1beta3.FlowSchemaCondition^type#type@-1.31
flowcontrol.v1beta3.GroupSubject;name!:string@-1.31
flowcontrol.v1beta3.LimitResponse;queuing:flowcontrol.v1beta3.QueuingConfiguration@-1.31;type!:string@-1.31
flowcontrol.v1beta3.LimitedPriorityLevelConfiguration;borrowingLimitPercent:int32@-1.31;lendablePercent:int32@-1.31;limitResponse:flowcontrol.v1beta3.LimitResponse@-1.31;nominalConcurrencyShares:int32@-1.31
flowcontrol.v1beta3.NonResourcePolicyRule;nonResourceURLs!:[]string@-1.31;verbs!:[]string@-1.31
flowcontrol.v1beta3.PolicyRulesWithSubjects;nonResourceRules:[]flowcontrol.v1beta3.NonResourcePolicyRule@-1.31;resourceRules:[]flowcontrol.v1beta3.ResourcePolicyRule@-1.31;subjects!:[]flowcontrol.v1beta3.Subject@-1.31
flowcontrol.v1beta3.PriorityLevelConfiguration;apiVersion:string@-1.31;kind:string@-1.31;metadata:meta.v1.ObjectMeta@-1.31;spec:flowcontrol.v1beta3.PriorityLevelConfigurationSpec@-1.31;status:flowcontrol.v1beta3.PriorityLevelConfigurationStatus@-1.31
flowcontrol.v1beta3.PriorityLevelConfigurationCondition;lastTransitionTime:time@-1.31;message:string@-1.31;reason:string@-1.31;status:string@-1.31;type:string@-1.31
flowcontrol.v1beta3.PriorityLevelConfigurationReference;name!:string@-1.31
flowcontrol.v1beta3.PriorityLevelConfigurationSpec;exempt:flowcontrol.v1beta3.ExemptPriorityLevelConfiguration@-1.31;limited:flowcontrol.v1beta3.LimitedPriorityLevelConfiguration@-1.31;type!:string@-1.31
flowcontrol.v1beta3.PriorityLevelConfigurationStatus;conditions:[]flowcontrol.v1beta3.PriorityLevelConfigurationCondition^type#type@-1.31
flowcontrol.v1beta3.QueuingConfiguration;handSize:int32@-1.31;queueLengthLimit:int32@-1.31;queues:int32@-1.31
flowcontrol.v1beta3.ResourcePolicyRule;apiGroups!:[]string@-1.31;clusterScope:boolean@-1.31;namespaces:[]string@-1.31;resources!:[]string@-1.31;verbs!:[]string@-1.31
flowcontrol.v1beta3.ServiceAccountSubject;name!:string@-1.31;namespace!:string@-1.31
flowcontrol.v1beta3.Subject;group:flowcontrol.v1beta3.GroupSubject@-1.31;kind!:string@-1.31;serviceAccount:flowcontrol.v1beta3.ServiceAccountSubject@-1.31;user:flowcontrol.v1beta3.UserSubject@-1.31
flowcontrol.v1beta3.UserSubject;name!:string@-1.31
lifecycle.v1alpha1.Eviction;apiVersion:string@1.37;kind:string@1.37;metadata:meta.v1.ObjectMeta@1.37;spec!:lifecycle.v1alpha1.EvictionSpec@1.37;status:lifecycle.v1alpha1.EvictionStatus@1.37
lifecycle.v1alpha1.EvictionPodReference;name!:string@1.37;uid!:string@1.37
lifecycle.v1alpha1.EvictionRequest;apiVersion:string@1.37;kind:string@1.37;metadata:meta.v1.ObjectMeta@1.37;spec!:lifecycle.v1alpha1.EvictionRequestSpec@1.37;status:lifecycle.v1alpha1.EvictionRequestStatus@1.37
lifecycle.v1alpha1.EvictionRequestPodReference;name!:string@1.37;uid!:string@1.37
lifecycle.v1alpha1.EvictionRequestSpec;intent!:string=Eviction|Withdrawn@1.37;requester!:string@1.37;target!:lifecycle.v1alpha1.EvictionRequestTarget@1.37
lifecycle.v1alpha1.EvictionRequestStatus;conditions:[]meta.v1.Condition^type#type@1.37;observedGeneration:int64@1.37
lifecycle.v1alpha1.EvictionRequestTarget;pod:lifecycle.v1alpha1.EvictionRequestPodReference@1.37
lifecycle.v1alpha1.EvictionSpec;target!:lifecycle.v1alpha1.EvictionTarget@1.37
lifecycle.v1alpha1.EvictionStatus;conditions:[]meta.v1.Condition^type#type@1.37;observedGeneration:int64@1.37;requesters:[]lifecycle.v1alpha1.Requester^name#name@1.37;responders:[]lifecycle.v1alpha1.ResponderStatus^name#name@1.37;targetResponders:[]lifecycle.v1alpha1.TargetResponder^name#name@1.37
lifecycle.v1alpha1.EvictionTarget;pod:lifecycle.v1alpha1.EvictionPodReference@1.37
lifecycle.v1alpha1.Requester;intent!:string=Eviction|Withdrawn@1.37;name!:string@1.37
lifecycle.v1alpha1.ResponderStatus;completionTime:time@1.37;expectedCompletionTime:time@1.37;heartbeatTime:time@1.37;message:string@1.37;name!:string@1.37;startTime:time@1.37
lifecycle.v1alpha1.TargetResponder;name!:string@1.37;priority!:int32@1.37;state!:string=Active|Canceled|Completed|Inactive|Interrupted@1.37
meta.v1.Condition;lastTransitionTime!:time;message!:string;observedGeneration:int64;reason!:string;status!:string;type!:string
meta.v1.FieldSelectorRequirement;key!:string@1.31;operator!:string@1.31;values:[]string@1.31
meta.v1.GroupResource;group!:string@1.35;resource!:string@1.35
meta.v1.LabelSelector;matchExpressions:[]meta.v1.LabelSelectorRequirement;matchLabels:{}string
meta.v1.LabelSelectorRequirement;key!:string;operator!:string;values:[]string
meta.v1.ManagedFieldsEntry;apiVersion:string;fieldsType:string;fieldsV1:any;manager:string;operation:string;subresource:string;time:time
meta.v1.ObjectMeta;annotations:{}string;creationTimestamp:time;deletionGracePeriodSeconds:int64;deletionTimestamp:time;finalizers:[]string;generateName:string;generation:int64;labels:{}string;managedFields:[]meta.v1.ManagedFieldsEntry;name:string;namespace:string;ownerReferences:[]meta.v1.OwnerReference^uid#uid;resourceVersion:string;selfLink:string;uid:string
meta.v1.OwnerReference;apiVersion!:string;blockOwnerDeletion:boolean;controller:boolean;kind!:string;name!:string;uid!:string
networking.v1.HTTPIngressPath;backend!:networking.v1.IngressBackend;path:string;pathType!:string=Exact|ImplementationSpecific|Prefix
networking.v1.HTTPIngressRuleValue;paths!:[]networking.v1.HTTPIngressPath
networking.v1.IPAddress;apiVersion:string@1.33;kind:string@1.33;metadata:meta.v1.ObjectMeta@1.33;spec:networking.v1.IPAddressSpec@1.33-1.35;spec!:networking.v1.IPAddressSpec@1.36
networking.v1.IPAddressSpec;parentRef!:networking.v1.ParentReference@1.33
networking.v1.IPBlock;cidr!:string;except:[]string
networking.v1.Ingress;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:networking.v1.IngressSpec;status:networking.v1.IngressStatus
networking.v1.IngressBackend;resource:core.v1.TypedLocalObjectReference;service:networking.v1.IngressServiceBackend
networking.v1.IngressClass;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:networking.v1.IngressClassSpec
networking.v1.IngressClassParametersReference;apiGroup:string;kind!:string;name!:string;namespace:string;scope:string
networking.v1.IngressClassSpec;controller:string;parameters:networking.v1.IngressClassParametersReference
networking.v1.IngressLoadBalancerIngress;hostname:string;ip:string;ports:[]networking.v1.IngressPortStatus
networking.v1.IngressLoadBalancerStatus;ingress:[]networking.v1.IngressLoadBalancerIngress
networking.v1.IngressPortStatus;error:string;port!:int32;protocol!:string=SCTP|TCP|UDP
networking.v1.IngressRule;host:string;http:networking.v1.HTTPIngressRuleValue
networking.v1.IngressServiceBackend;name!:string;port:networking.v1.ServiceBackendPort
networking.v1.IngressSpec;defaultBackend:networking.v1.IngressBackend;ingressClassName:string;rules:[]networking.v1.IngressRule;tls:[]networking.v1.IngressTLS
networking.v1.IngressStatus;loadBalancer:networking.v1.IngressLoadBalancerStatus
networking.v1.IngressTLS;hosts:[]string;secretName:string
networking.v1.NetworkPolicy;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:networking.v1.NetworkPolicySpec
networking.v1.NetworkPolicyEgressRule;ports:[]networking.v1.NetworkPolicyPort;to:[]networking.v1.NetworkPolicyPeer
networking.v1.NetworkPolicyIngressRule;from:[]networking.v1.NetworkPolicyPeer;ports:[]networking.v1.NetworkPolicyPort
networking.v1.NetworkPolicyPeer;ipBlock:networking.v1.IPBlock;namespaceSelector:meta.v1.LabelSelector;podSelector:meta.v1.LabelSelector
networking.v1.NetworkPolicyPort;endPort:int32;port:int-or-string;protocol:string=SCTP|TCP|UDP
networking.v1.NetworkPolicySpec;egress:[]networking.v1.NetworkPolicyEgressRule;ingress:[]networking.v1.NetworkPolicyIngressRule;podSelector!:meta.v1.LabelSelector@-1.33;podSelector:meta.v1.LabelSelector@1.34;policyTypes:[]string@-1.29;policyTypes:[]string=Egress|Ingress@1.30
networking.v1.ParentReference;group:string@1.33;name!:string@1.33;namespace:string@1.33;resource!:string@1.33
networking.v1.ServiceBackendPort;name:string;number:int32
networking.v1.ServiceCIDR;apiVersion:string@1.33;kind:string@1.33;metadata:meta.v1.ObjectMeta@1.33;spec:networking.v1.ServiceCIDRSpec@1.33;status:networking.v1.ServiceCIDRStatus@1.33
networking.v1.ServiceCIDRSpec;cidrs:[]string@1.33
networking.v1.ServiceCIDRStatus;conditions:[]meta.v1.Condition^type#type@1.33
networking.v1alpha1.ClusterCIDR;apiVersion:string@-1.28;kind:string@-1.28;metadata:meta.v1.ObjectMeta@-1.28;spec:networking.v1alpha1.ClusterCIDRSpec@-1.28
networking.v1alpha1.ClusterCIDRSpec;ipv4:string@-1.28;ipv6:string@-1.28;nodeSelector:core.v1.NodeSelector@-1.28;perNodeHostBits!:int32@-1.28
networking.v1alpha1.IPAddress;apiVersion:string@-1.30;kind:string@-1.30;metadata:meta.v1.ObjectMeta@-1.30;spec:networking.v1alpha1.IPAddressSpec@-1.30
networking.v1alpha1.IPAddressSpec;parentRef:networking.v1alpha1.ParentReference@-1.29;parentRef!:networking.v1alpha1.ParentReference@1.30-1.30
networking.v1alpha1.ParentReference;group:string@-1.30;name:string@-1.29;name!:string@1.30-1.30;namespace:string@-1.30;resource:string@-1.29;resource!:string@1.30-1.30;uid:string@-1.28
networking.v1alpha1.ServiceCIDR;apiVersion:string@1.29-1.30;kind:string@1.29-1.30;metadata:meta.v1.ObjectMeta@1.29-1.30;spec:networking.v1alpha1.ServiceCIDRSpec@1.29-1.30;status:networking.v1alpha1.ServiceCIDRStatus@1.29-1.30
networking.v1alpha1.ServiceCIDRSpec;cidrs:[]string@1.29-1.30
networking.v1alpha1.ServiceCIDRStatus;conditions:[]meta.v1.Condition^type#type@1.29-1.30
networking.v1beta1.IPAddress;apiVersion:string@1.31-1.36;kind:string@1.31-1.36;metadata:meta.v1.ObjectMeta@1.31-1.36;spec:networking.v1beta1.IPAddressSpec@1.31-1.35;spec!:networking.v1beta1.IPAddressSpec@1.36-1.36
networking.v1beta1.IPAddressSpec;parentRef!:networking.v1beta1.ParentReference@1.31-1.36
networking.v1beta1.ParentReference;group:string@1.31-1.36;name!:string@1.31-1.36;namespace:string@1.31-1.36;resource!:string@1.31-1.36
networking.v1beta1.ServiceCIDR;apiVersion:string@1.31-1.36;kind:string@1.31-1.36;metadata:meta.v1.ObjectMeta@1.31-1.36;spec:networking.v1beta1.ServiceCIDRSpec@1.31-1.36;status:networking.v1beta1.ServiceCIDRStatus@1.31-1.36
networking.v1beta1.ServiceCIDRSpec;cidrs:[]string@1.31-1.36
networking.v1beta1.ServiceCIDRStatus;conditions:[]meta.v1.Condition^type#type@1.31-1.36
node.v1.Overhead;podFixed:{}quantity
node.v1.RuntimeClass;apiVersion:string;handler!:string;kind:string;metadata:meta.v1.ObjectMeta;overhead:node.v1.Overhead;scheduling:node.v1.Scheduling
node.v1.Scheduling;nodeSelector:{}string;tolerations:[]core.v1.Toleration
policy.v1.PodDisruptionBudget;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec:policy.v1.PodDisruptionBudgetSpec;status:policy.v1.PodDisruptionBudgetStatus
policy.v1.PodDisruptionBudgetSpec;maxUnavailable:int-or-string;minAvailable:int-or-string;selector:meta.v1.LabelSelector;unhealthyPodEvictionPolicy:string=AlwaysAllow|IfHealthyBudget
policy.v1.PodDisruptionBudgetStatus;conditions:[]meta.v1.Condition^type#type;currentHealthy!:int32@-1.35;currentHealthy:int32@1.36;desiredHealthy!:int32@-1.35;desiredHealthy:int32@1.36;disruptedPods:{}time;disruptionsAllowed!:int32@-1.35;disruptionsAllowed:int32@1.36;expectedPods!:int32@-1.35;expectedPods:int32@1.36;observedGeneration:int64
rbac.v1.AggregationRule;clusterRoleSelectors:[]meta.v1.LabelSelector
rbac.v1.ClusterRole;aggregationRule:rbac.v1.AggregationRule;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;rules:[]rbac.v1.PolicyRule
rbac.v1.ClusterRoleBinding;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;roleRef!:rbac.v1.RoleRef;subjects:[]rbac.v1.Subject
rbac.v1.PolicyRule;apiGroups:[]string;nonResourceURLs:[]string;resourceNames:[]string;resources:[]string;verbs!:[]string
rbac.v1.Role;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;rules:[]rbac.v1.PolicyRule
rbac.v1.RoleBinding;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;roleRef!:rbac.v1.RoleRef;subjects:[]rbac.v1.Subject
rbac.v1.RoleRef;apiGroup!:string@-1.35;apiGroup:string@1.36;kind!:string;name!:string
rbac.v1.Subject;apiGroup:string;kind!:string;name!:string;namespace:string
resource.v1.AllocatedDeviceStatus;conditions:[]meta.v1.Condition#type@1.34;data:any@1.34;device!:string@1.34;driver!:string@1.34;networkData:resource.v1.NetworkDeviceData@1.34;pool!:string@1.34;shareID:string@1.34
resource.v1.AllocationResult;allocationTimestamp:time@1.34;devices:resource.v1.DeviceAllocationResult@1.34;nodeSelector:core.v1.NodeSelector@1.34
resource.v1.CELDeviceSelector;expression!:string@1.34
resource.v1.CapacityRequestPolicy;default:quantity@1.34;validRange:resource.v1.CapacityRequestPolicyRange@1.34;validValues:[]quantity@1.34
resource.v1.CapacityRequestPolicyRange;max:quantity@1.34;min!:quantity@1.34;step:quantity@1.34
resource.v1.CapacityRequirements;requests:{}quantity@1.34
resource.v1.Counter;value!:quantity@1.34
resource.v1.CounterSet;counters!:{}resource.v1.Counter@1.34;name!:string@1.34
resource.v1.Device;allNodes:boolean@1.34;allowMultipleAllocations:boolean@1.34;attributes:{}resource.v1.DeviceAttribute@1.34;bindingConditions:[]string@1.34;bindingFailureConditions:[]string@1.34;bindsToNode:boolean@1.34;capacity:{}resource.v1.DeviceCapacity@1.34;consumesCounters:[]resource.v1.DeviceCounterConsumption@1.34;name!:string@1.34;nodeAllocatableResourceMappings:{}resource.v1.NodeAllocatableResourceMapping@1.36-1.36;nodeAllocatableResources:{}resource.v1.NodeAllocatableResource@1.37;nodeName:string@1.34;nodeSelector:core.v1.NodeSelector@1.34;taints:[]resource.v1.DeviceTaint@1.34
resource.v1.DeviceAllocationConfiguration;opaque:resource.v1.OpaqueDeviceConfiguration@1.34;requests:[]string@1.34;source!:string@1.34-1.34;source!:string=FromClaim|FromClass@1.35
resource.v1.DeviceAllocationResult;config:[]resource.v1.DeviceAllocationConfiguration@1.34;results:[]resource.v1.DeviceRequestAllocationResult@1.34
resource.v1.DeviceAttribute;bool:boolean@1.34;bools:[]boolean@1.36;int:int64@1.34;ints:[]int64@1.36;string:string@1.34;strings:[]string@1.36;version:string@1.34;versions:[]string@1.36
resource.v1.DeviceCapacity;requestPolicy:resource.v1.CapacityRequestPolicy@1.34;value!:quantity@1.34
resource.v1.DeviceClaim;config:[]resource.v1.DeviceClaimConfiguration@1.34;constraints:[]resource.v1.DeviceConstraint@1.34;requests:[]resource.v1.DeviceRequest@1.34
resource.v1.DeviceClaimConfiguration;opaque:resource.v1.OpaqueDeviceConfiguration@1.34;requests:[]string@1.34
resource.v1.DeviceClass;apiVersion:string@1.34;kind:string@1.34;metadata:meta.v1.ObjectMeta@1.34;spec!:resource.v1.DeviceClassSpec@1.34-1.36;spec:resource.v1.DeviceClassSpec@1.37
resource.v1.DeviceClassConfiguration;opaque:resource.v1.OpaqueDeviceConfiguration@1.34
resource.v1.DeviceClassSpec;config:[]resource.v1.DeviceClassConfiguration@1.34;extendedResourceName:string@1.34;selectors:[]resource.v1.DeviceSelector@1.34
resource.v1.DeviceConstraint;distinctAttribute:string@1.34;matchAttribute:string@1.34;requests:[]string@1.34
resource.v1.DeviceCounterConsumption;compatibilityGroups:[]string@1.37;counterSet!:string@1.34;counters!:{}resource.v1.Counter@1.34
resource.v1.DeviceDerivedAttribute;expression!:string@1.37;name!:string@1.37
resource.v1.DeviceRequest;exactly:resource.v1.ExactDeviceRequest@1.34;firstAvailable:[]resource.v1.DeviceSubRequest@1.34;name!:string@1.34
resource.v1.DeviceRequestAllocationResult;adminAccess:boolean@1.34;bindingConditions:[]string@1.34;bindingFailureConditions:[]string@1.34;consumedCapacity:{}quantity@1.34;device!:string@1.34;driver!:string@1.34;pool!:string@1.34;request!:string@1.34;shareID:string@1.34;skipNodeOperations:[]string=*|NodePrepareResources|NodeUnprepareResources@1.37;tolerations:[]resource.v1.DeviceToleration@1.34
resource.v1.DeviceSelector;cel:resource.v1.CELDeviceSelector@1.34
resource.v1.DeviceSubRequest;allocationMode:string@1.34-1.34;allocationMode:string=All|ExactCount@1.35;capacity:resource.v1.CapacityRequirements@1.34;count:int64@1.34;derivedAttributes:[]resource.v1.DeviceDerivedAttribute@1.37;deviceClassName!:string@1.34;name!:string@1.34;selectors:[]resource.v1.DeviceSelector@1.34;tolerations:[]resource.v1.DeviceToleration@1.34
resource.v1.DeviceTaint;effect!:string=NoExecute|NoSchedule@1.34-1.34;effect!:string=NoExecute|NoSchedule|None@1.35;key!:string@1.34;timeAdded:time@1.34;value:string@1.34
resource.v1.DeviceTaintRule;apiVersion:string@1.37;kind:string@1.37;metadata:meta.v1.ObjectMeta@1.37;spec!:resource.v1.DeviceTaintRuleSpec@1.37;status:resource.v1.DeviceTaintRuleStatus@1.37
resource.v1.DeviceTaintRuleSpec;deviceSelector:resource.v1.DeviceTaintSelector@1.37;taint!:resource.v1.DeviceTaint@1.37
resource.v1.DeviceTaintRuleStatus;conditions:[]meta.v1.Condition^type#type@1.37
resource.v1.DeviceTaintSelector;device:string@1.37;driver:string@1.37;pool:string@1.37
resource.v1.DeviceToleration;effect:string=NoExecute|NoSchedule@1.34-1.34;effect:string=NoExecute|NoSchedule|None@1.35;key:string@1.34;operator:string=Equal|Exists@1.34;tolerationSeconds:int64@1.34;value:string@1.34
resource.v1.ExactDeviceRequest;adminAccess:boolean@1.34;allocationMode:string@1.34-1.34;allocationMode:string=All|ExactCount@1.35;capacity:resource.v1.CapacityRequirements@1.34;count:int64@1.34;derivedAttributes:[]resource.v1.DeviceDerivedAttribute@1.37;deviceClassName!:string@1.34;selectors:[]resource.v1.DeviceSelector@1.34;tolerations:[]resource.v1.DeviceToleration@1.34
resource.v1.NetworkDeviceData;hardwareAddress:string@1.34;interfaceName:string@1.34;ips:[]string@1.34
resource.v1.NodeAllocatableMapping;capacityKey:string@1.37;capacityMultiplier:quantity@1.37;deviceMultiplier:quantity@1.37
resource.v1.NodeAllocatableOverhead;perContainer:quantity@1.37;perPod:quantity@1.37
resource.v1.NodeAllocatableResource;mapping:resource.v1.NodeAllocatableMapping@1.37;overhead:resource.v1.NodeAllocatableOverhead@1.37
resource.v1.NodeAllocatableResourceMapping;allocationMultiplier:quantity@1.36-1.36;capacityKey:string@1.36-1.36
resource.v1.OpaqueDeviceConfiguration;driver!:string@1.34;parameters!:any@1.34
resource.v1.ResourceClaim;apiVersion:string@1.34;kind:string@1.34;metadata:meta.v1.ObjectMeta@1.34;spec!:resource.v1.ResourceClaimSpec@1.34-1.36;spec:resource.v1.ResourceClaimSpec@1.37;status:resource.v1.ResourceClaimStatus@1.34
resource.v1.ResourceClaimConsumerReference;apiGroup:string@1.34;name!:string@1.34;resource!:string@1.34;uid!:string@1.34
resource.v1.ResourceClaimSpec;devices:resource.v1.DeviceClaim@1.34
resource.v1.ResourceClaimStatus;allocation:resource.v1.AllocationResult@1.34;devices:[]resource.v1.AllocatedDeviceStatus#driver,device,pool,shareID@1.34;reservedFor:[]resource.v1.ResourceClaimConsumerReference^uid#uid@1.34
resource.v1.ResourceClaimTemplate;apiVersion:string@1.34;kind:string@1.34;metadata:meta.v1.ObjectMeta@1.34;spec!:resource.v1.ResourceClaimTemplateSpec@1.34-1.36;spec:resource.v1.ResourceClaimTemplateSpec@1.37
resource.v1.ResourceClaimTemplateSpec;metadata:meta.v1.ObjectMeta@1.34;spec!:resource.v1.ResourceClaimSpec@1.34-1.36;spec:resource.v1.ResourceClaimSpec@1.37
resource.v1.ResourcePool;generation!:int64@1.34;name!:string@1.34;resourceSliceCount!:int64@1.34
resource.v1.ResourceSlice;apiVersion:string@1.34;kind:string@1.34;metadata:meta.v1.ObjectMeta@1.34;spec!:resource.v1.ResourceSliceSpec@1.34
resource.v1.ResourceSliceSpec;allNodes:boolean@1.34;devices:[]resource.v1.Device@1.34;driver!:string@1.34;nodeName:string@1.34;nodeSelector:core.v1.NodeSelector@1.34;partitionTypeAttribute:string@1.37;perDeviceNodeSelection:boolean@1.34;pool!:resource.v1.ResourcePool@1.34;sharedCounters:[]resource.v1.CounterSet@1.34;skipNodeOperations:[]string=*|NodePrepareResources|NodeUnprepareResources@1.37
resource.v1alpha2.AllocationResult;availableOnNodes:core.v1.NodeSelector@-1.30;resourceHandles:[]resource.v1alpha2.ResourceHandle@-1.30;shareable:boolean@-1.30
resource.v1alpha2.DriverAllocationResult;namedResources:resource.v1alpha2.NamedResourcesAllocationResult@1.30-1.30;vendorRequestParameters:any@1.30-1.30
resource.v1alpha2.DriverRequests;driverName:string@1.30-1.30;requests:[]resource.v1alpha2.ResourceRequest@1.30-1.30;vendorParameters:any@1.30-1.30
resource.v1alpha2.NamedResourcesAllocationResult;name!:string@1.30-1.30
resource.v1alpha2.NamedResourcesAttribute;bool:boolean@1.30-1.30;int:int64@1.30-1.30;intSlice:resource.v1alpha2.NamedResourcesIntSlice@1.30-1.30;name!:string@1.30-1.30;quantity:quantity@1.30-1.30;string:string@1.30-1.30;stringSlice:resource.v1alpha2.NamedResourcesStringSlice@1.30-1.30;version:string@1.30-1.30
resource.v1alpha2.NamedResourcesFilter;selector!:string@1.30-1.30
resource.v1alpha2.NamedResourcesInstance;attributes:[]resource.v1alpha2.NamedResourcesAttribute@1.30-1.30;name!:string@1.30-1.30
resource.v1alpha2.NamedResourcesIntSlice;ints!:[]int64@1.30-1.30
resource.v1alpha2.NamedResourcesRequest;selector!:string@1.30-1.30
resource.v1alpha2.NamedResourcesResources;instances!:[]resource.v1alpha2.NamedResourcesInstance@1.30-1.30
resource.v1alpha2.NamedResourcesStringSlice;strings!:[]string@1.30-1.30
resource.v1alpha2.PodSchedulingContext;apiVersion:string@-1.30;kind:string@-1.30;metadata:meta.v1.ObjectMeta@-1.30;spec!:resource.v1alpha2.PodSchedulingContextSpec@-1.30;status:resource.v1alpha2.PodSchedulingContextStatus@-1.30
resource.v1alpha2.PodSchedulingContextSpec;potentialNodes:[]string@-1.30;selectedNode:string@-1.30
resource.v1alpha2.PodSchedulingContextStatus;resourceClaims:[]resource.v1alpha2.ResourceClaimSchedulingStatus#name@-1.30
resource.v1alpha2.ResourceClaim;apiVersion:string@-1.30;kind:string@-1.30;metadata:meta.v1.ObjectMeta@-1.30;spec!:resource.v1alpha2.ResourceClaimSpec@-1.30;status:resource.v1alpha2.ResourceClaimStatus@-1.30
resource.v1alpha2.ResourceClaimConsumerReference;apiGroup:string@-1.30;name!:string@-1.30;resource!:string@-1.30;uid!:string@-1.30
resource.v1alpha2.ResourceClaimParameters;apiVersion:string@1.30-1.30;driverRequests:[]resource.v1alpha2.DriverRequests@1.30-1.30;generatedFrom:resource.v1alpha2.ResourceClaimParametersReference@1.30-1.30;kind:string@1.30-1.30;metadata:meta.v1.ObjectMeta@1.30-1.30;shareable:boolean@1.30-1.30
resource.v1alpha2.ResourceClaimParametersReference;apiGroup:string@-1.30;kind!:string@-1.30;name!:string@-1.30
resource.v1alpha2.ResourceClaimSchedulingStatus;name:string@-1.30;unsuitableNodes:[]string@-1.30
resource.v1alpha2.ResourceClaimSpec;allocationMode:string@-1.30;parametersRef:resource.v1alpha2.ResourceClaimParametersReference@-1.30;resourceClassName!:string@-1.30
resource.v1alpha2.ResourceClaimStatus;allocation:resource.v1alpha2.AllocationResult@-1.30;deallocationRequested:boolean@-1.30;driverName:string@-1.30;reservedFor:[]resource.v1alpha2.ResourceClaimConsumerReference^uid#uid@-1.30
resource.v1alpha2.ResourceClaimTemplate;apiVersion:string@-1.30;kind:string@-1.30;metadata:meta.v1.ObjectMeta@-1.30;spec!:resource.v1alpha2.ResourceClaimTemplateSpec@-1.30
resource.v1alpha2.ResourceClaimTemplateSpec;metadata:meta.v1.ObjectMeta@-1.30;spec!:resource.v1alpha2.ResourceClaimSpec@-1.30
resource.v1alpha2.ResourceClass;apiVersion:string@-1.30;driverName!:string@-1.30;kind:string@-1.30;metadata:meta.v1.ObjectMeta@-1.30;parametersRef:resource.v1alpha2.ResourceClassParametersReference@-1.30;structuredParameters:boolean@1.30-1.30;suitableNodes:core.v1.NodeSelector@-1.30
resource.v1alpha2.ResourceClassParameters;apiVersion:string@1.30-1.30;filters:[]resource.v1alpha2.ResourceFilter@1.30-1.30;generatedFrom:resource.v1alpha2.ResourceClassParametersReference@1.30-1.30;kind:string@1.30-1.30;metadata:meta.v1.ObjectMeta@1.30-1.30;vendorParameters:[]resource.v1alpha2.VendorParameters@1.30-1.30
resource.v1alpha2.ResourceClassParametersReference;apiGroup:string@-1.30;kind!:string@-1.30;name!:string@-1.30;namespace:string@-1.30
resource.v1alpha2.ResourceFilter;driverName:string@1.30-1.30;namedResources:resource.v1alpha2.NamedResourcesFilter@1.30-1.30
resource.v1alpha2.ResourceHandle;data:string@-1.30;driverName:string@-1.30;structuredData:resource.v1alpha2.StructuredResourceHandle@1.30-1.30
resource.v1alpha2.ResourceRequest;namedResources:resource.v1alpha2.NamedResourcesRequest@1.30-1.30;vendorParameters:any@1.30-1.30
resource.v1alpha2.ResourceSlice;apiVersion:string@1.30-1.30;driverName!:string@1.30-1.30;kind:string@1.30-1.30;metadata:meta.v1.ObjectMeta@1.30-1.30;namedResources:resource.v1alpha2.NamedResourcesResources@1.30-1.30;nodeName:string@1.30-1.30
resource.v1alpha2.StructuredResourceHandle;nodeName:string@1.30-1.30;results!:[]resource.v1alpha2.DriverAllocationResult@1.30-1.30;vendorClaimParameters:any@1.30-1.30;vendorClassParameters:any@1.30-1.30
resource.v1alpha2.VendorParameters;driverName:string@1.30-1.30;parameters:any@1.30-1.30
resource.v1alpha3.AllocatedDeviceStatus;conditions:[]meta.v1.Condition#type@1.32-1.33;data:any@1.32-1.33;device!:string@1.32-1.33;driver!:string@1.32-1.33;networkData:resource.v1alpha3.NetworkDeviceData@1.32-1.33;pool!:string@1.32-1.33
resource.v1alpha3.AllocationResult;controller:string@1.31-1.31;devices:resource.v1alpha3.DeviceAllocationResult@1.31-1.33;nodeSelector:core.v1.NodeSelector@1.31-1.33
resource.v1alpha3.BasicDevice;allNodes:boolean@1.33-1.33;attributes:{}resource.v1alpha3.DeviceAttribute@1.31-1.33;capacity:{}quantity@1.31-1.33;consumesCounters:[]resource.v1alpha3.DeviceCounterConsumption@1.33-1.33;nodeName:string@1.33-1.33;nodeSelector:core.v1.NodeSelector@1.33-1.33;taints:[]resource.v1alpha3.DeviceTaint@1.33-1.33
resource.v1alpha3.CELDeviceSelector;expression!:string@1.31-1.34
resource.v1alpha3.Counter;value!:quantity@1.33-1.33
resource.v1alpha3.CounterSet;counters!:{}resource.v1alpha3.Counter@1.33-1.33;name!:string@1.33-1.33
resource.v1alpha3.Device;basic:resource.v1alpha3.BasicDevice@1.31-1.33;name!:string@1.31-1.33
resource.v1alpha3.DeviceAllocationConfiguration;opaque:resource.v1alpha3.OpaqueDeviceConfiguration@1.31-1.33;requests:[]string@1.31-1.33;source!:string@1.31-1.33
resource.v1alpha3.DeviceAllocationResult;config:[]resource.v1alpha3.DeviceAllocationConfiguration@1.31-1.33;results:[]resource.v1alpha3.DeviceRequestAllocationResult@1.31-1.33
resource.v1alpha3.DeviceAttribute;bool:boolean@1.31-1.33;int:int64@1.31-1.33;string:string@1.31-1.33;version:string@1.31-1.33
resource.v1alpha3.DeviceClaim;config:[]resource.v1alpha3.DeviceClaimConfiguration@1.31-1.33;constraints:[]resource.v1alpha3.DeviceConstraint@1.31-1.33;requests:[]resource.v1alpha3.DeviceRequest@1.31-1.33
resource.v1alpha3.DeviceClaimConfiguration;opaque:resource.v1alpha3.OpaqueDeviceConfiguration@1.31-1.33;requests:[]string@1.31-1.33
resource.v1alpha3.DeviceClass;apiVersion:string@1.31-1.33;kind:string@1.31-1.33;metadata:meta.v1.ObjectMeta@1.31-1.33;spec!:resource.v1alpha3.DeviceClassSpec@1.31-1.33
resource.v1alpha3.DeviceClassConfiguration;opaque:resource.v1alpha3.OpaqueDeviceConfiguration@1.31-1.33
resource.v1alpha3.DeviceClassSpec;config:[]resource.v1alpha3.DeviceClassConfiguration@1.31-1.33;selectors:[]resource.v1alpha3.DeviceSelector@1.31-1.33;suitableNodes:core.v1.NodeSelector@1.31-1.31
resource.v1alpha3.DeviceConstraint;matchAttribute:string@1.31-1.33;requests:[]string@1.31-1.33
resource.v1alpha3.DeviceCounterConsumption;counterSet!:string@1.33-1.33;counters!:{}resource.v1alpha3.Counter@1.33-1.33
resource.v1alpha3.DeviceRequest;adminAccess:boolean@1.31-1.33;allocationMode:string@1.31-1.33;count:int64@1.31-1.33;deviceClassName!:string@1.31-1.32;deviceClassName:string@1.33-1.33;firstAvailable:[]resource.v1alpha3.DeviceSubRequest@1.33-1.33;name!:string@1.31-1.33;selectors:[]resource.v1alpha3.DeviceSelector@1.31-1.33;tolerations:[]resource.v1alpha3.DeviceToleration@1.33-1.33
resource.v1alpha3.DeviceRequestAllocationResult;adminAccess:boolean@1.32-1.33;device!:string@1.31-1.33;driver!:string@1.31-1.33;pool!:string@1.31-1.33;request!:string@1.31-1.33;tolerations:[]resource.v1alpha3.DeviceToleration@1.33-1.33
resource.v1alpha3.DeviceSelector;cel:resource.v1alpha3.CELDeviceSelector@1.31-1.34
resource.v1alpha3.DeviceSubRequest;allocationMode:string@1.33-1.33;count:int64@1.33-1.33;deviceClassName!:string@1.33-1.33;name!:string@1.33-1.33;selectors:[]resource.v1alpha3.DeviceSelector@1.33-1.33;tolerations:[]resource.v1alpha3.DeviceToleration@1.33-1.33
resource.v1alpha3.DeviceTaint;effect!:string=NoExecute|NoSchedule@1.33-1.34;effect!:string=NoExecute|NoSchedule|None@1.35;key!:string@1.33;timeAdded:time@1.33;value:string@1.33
resource.v1alpha3.DeviceTaintRule;apiVersion:string@1.33;kind:string@1.33;metadata:meta.v1.ObjectMeta@1.33;spec!:resource.v1alpha3.DeviceTaintRuleSpec@1.33;status:resource.v1alpha3.DeviceTaintRuleStatus@1.35
resource.v1alpha3.DeviceTaintRuleSpec;deviceSelector:resource.v1alpha3.DeviceTaintSelector@1.33;taint!:resource.v1alpha3.DeviceTaint@1.33
resource.v1alpha3.DeviceTaintRuleStatus;conditions:[]meta.v1.Condition^type#type@1.35
resource.v1alpha3.DeviceTaintSelector;device:string@1.33;deviceClassName:string@1.33-1.34;driver:string@1.33;pool:string@1.33;selectors:[]resource.v1alpha3.DeviceSelector@1.33-1.34
resource.v1alpha3.DeviceToleration;effect:string=NoExecute|NoSchedule@1.33-1.33;key:string@1.33-1.33;operator:string=Equal|Exists@1.33-1.33;tolerationSeconds:int64@1.33-1.33;value:string@1.33-1.33
resource.v1alpha3.NetworkDeviceData;hardwareAddress:string@1.32-1.33;interfaceName:string@1.32-1.33;ips:[]string@1.32-1.33
resource.v1alpha3.OpaqueDeviceConfiguration;driver!:string@1.31-1.33;parameters!:any@1.31-1.33
resource.v1alpha3.PartitionTypeStatus;allocatable!:int32@1.37;attribute!:string@1.37;total!:int32@1.37;type!:string@1.37
resource.v1alpha3.PodSchedulingContext;apiVersion:string@1.31-1.31;kind:string@1.31-1.31;metadata:meta.v1.ObjectMeta@1.31-1.31;spec!:resource.v1alpha3.PodSchedulingContextSpec@1.31-1.31;status:resource.v1alpha3.PodSchedulingContextStatus@1.31-1.31
resource.v1alpha3.PodSchedulingContextSpec;potentialNodes:[]string@1.31-1.31;selectedNode:string@1.31-1.31
resource.v1alpha3.PodSchedulingContextStatus;resourceClaims:[]resource.v1alpha3.ResourceClaimSchedulingStatus#name@1.31-1.31
resource.v1alpha3.PoolStatus;allocatedDevices:int32@1.36;availableDevices:int32@1.36;driver!:string@1.36;generation!:int64@1.36;nodeName:string@1.36;partitionSummary:[]resource.v1alpha3.PartitionTypeStatus@1.37;poolName!:string@1.36;resourceSliceCount:int32@1.36;shareableSummary:resource.v1alpha3.ShareableSummaryStatus@1.37;totalDevices:int32@1.36;unavailableDevices:int32@1.36;validationError:string@1.36
resource.v1alpha3.ResourceClaim;apiVersion:string@1.31-1.33;kind:string@1.31-1.33;metadata:meta.v1.ObjectMeta@1.31-1.33;spec!:resource.v1alpha3.ResourceClaimSpec@1.31-1.33;status:resource.v1alpha3.ResourceClaimStatus@1.31-1.33
resource.v1alpha3.ResourceClaimConsumerReference;apiGroup:string@1.31-1.33;name!:string@1.31-1.33;resource!:string@1.31-1.33;uid!:string@1.31-1.33
resource.v1alpha3.ResourceClaimSchedulingStatus;name!:string@1.31-1.31;unsuitableNodes:[]string@1.31-1.31
resource.v1alpha3.ResourceClaimSpec;controller:string@1.31-1.31;devices:resource.v1alpha3.DeviceClaim@1.31-1.33
resource.v1alpha3.ResourceClaimStatus;allocation:resource.v1alpha3.AllocationResult@1.31-1.33;deallocationRequested:boolean@1.31-1.31;devices:[]resource.v1alpha3.AllocatedDeviceStatus#driver,device,pool@1.32-1.33;reservedFor:[]resource.v1alpha3.ResourceClaimConsumerReference^uid#uid@1.31-1.33
resource.v1alpha3.ResourceClaimTemplate;apiVersion:string@1.31-1.33;kind:string@1.31-1.33;metadata:meta.v1.ObjectMeta@1.31-1.33;spec!:resource.v1alpha3.ResourceClaimTemplateSpec@1.31-1.33
resource.v1alpha3.ResourceClaimTemplateSpec;metadata:meta.v1.ObjectMeta@1.31-1.33;spec!:resource.v1alpha3.ResourceClaimSpec@1.31-1.33
resource.v1alpha3.ResourcePool;generation!:int64@1.31-1.33;name!:string@1.31-1.33;resourceSliceCount!:int64@1.31-1.33
resource.v1alpha3.ResourcePoolStatusRequest;apiVersion:string@1.36;kind:string@1.36;metadata!:meta.v1.ObjectMeta@1.36;spec!:resource.v1alpha3.ResourcePoolStatusRequestSpec@1.36;status:resource.v1alpha3.ResourcePoolStatusRequestStatus@1.36
resource.v1alpha3.ResourcePoolStatusRequestSpec;defaultPartitionTypeAttribute:string@1.37;driver!:string@1.36;limit:int32@1.36;poolName:string@1.36
resource.v1alpha3.ResourcePoolStatusRequestStatus;conditions:[]meta.v1.Condition^type#type@1.36;poolCount!:int32@1.36;pools:[]resource.v1alpha3.PoolStatus@1.36
resource.v1alpha3.ResourceSlice;apiVersion:string@1.31-1.33;kind:string@1.31-1.33;metadata:meta.v1.ObjectMeta@1.31-1.33;spec!:resource.v1alpha3.ResourceSliceSpec@1.31-1.33
resource.v1alpha3.ResourceSliceSpec;allNodes:boolean@1.31-1.33;devices:[]resource.v1alpha3.Device@1.31-1.33;driver!:string@1.31-1.33;nodeName:string@1.31-1.33;nodeSelector:core.v1.NodeSelector@1.31-1.33;perDeviceNodeSelection:boolean@1.33-1.33;pool!:resource.v1alpha3.ResourcePool@1.31-1.33;sharedCounters:[]resource.v1alpha3.CounterSet@1.33-1.33
resource.v1alpha3.ShareableCapacityStatus;available!:quantity@1.37;consumed!:quantity@1.37;name!:string@1.37;total!:quantity@1.37
resource.v1alpha3.ShareableSummaryStatus;capacity:[]resource.v1alpha3.ShareableCapacityStatus@1.37;fullyAvailableDevices!:int32@1.37;partiallyAvailableDevices!:int32@1.37
resource.v1beta1.AllocatedDeviceStatus;conditions:[]meta.v1.Condition#type@1.32;data:any@1.32;device!:string@1.32;driver!:string@1.32;networkData:resource.v1beta1.NetworkDeviceData@1.32;pool!:string@1.32;shareID:string@1.34
resource.v1beta1.AllocationResult;allocationTimestamp:time@1.34;devices:resource.v1beta1.DeviceAllocationResult@1.32;nodeSelector:core.v1.NodeSelector@1.32
resource.v1beta1.BasicDevice;allNodes:boolean@1.33;allowMultipleAllocations:boolean@1.34;attributes:{}resource.v1beta1.DeviceAttribute@1.32;bindingConditions:[]string@1.34;bindingFailureConditions:[]string@1.34;bindsToNode:boolean@1.34;capacity:{}resource.v1beta1.DeviceCapacity@1.32;consumesCounters:[]resource.v1beta1.DeviceCounterConsumption@1.33;nodeAllocatableResourceMappings:{}resource.v1beta1.NodeAllocatableResourceMapping@1.36-1.36;nodeAllocatableResources:{}resource.v1beta1.NodeAllocatableResource@1.37;nodeName:string@1.33;nodeSelector:core.v1.NodeSelector@1.33;taints:[]resource.v1beta1.DeviceTaint@1.33
resource.v1beta1.CELDeviceSelector;expression!:string@1.32
resource.v1beta1.CapacityRequestPolicy;default:quantity@1.34;validRange:resource.v1beta1.CapacityRequestPolicyRange@1.34;validValues:[]quantity@1.34
resource.v1beta1.CapacityRequestPolicyRange;max:quantity@1.34;min!:quantity@1.34;step:quantity@1.34
resource.v1beta1.CapacityRequirements;requests:{}quantity@1.34
resource.v1beta1.Counter;value!:quantity@1.33
resource.v1beta1.CounterSet;counters!:{}resource.v1beta1.Counter@1.33;name!:string@1.33
resource.v1beta1.Device;basic:resource.v1beta1.BasicDevice@1.32;name!:string@1.32
resource.v1beta1.DeviceAllocationConfiguration;opaque:resource.v1beta1.OpaqueDeviceConfiguration@1.32;requests:[]string@1.32;source!:string@1.32-1.34;source!:string=FromClaim|FromClass@1.35
resource.v1beta1.DeviceAllocationResult;config:[]resource.v1beta1.DeviceAllocationConfiguration@1.32;results:[]resource.v1beta1.DeviceRequestAllocationResult@1.32
resource.v1beta1.DeviceAttribute;bool:boolean@1.32;bools:[]boolean@1.36;int:int64@1.32;ints:[]int64@1.36;string:string@1.32;strings:[]string@1.36;version:string@1.32;versions:[]string@1.36
resource.v1beta1.DeviceCapacity;requestPolicy:resource.v1beta1.CapacityRequestPolicy@1.34;value!:quantity@1.32
resource.v1beta1.DeviceClaim;config:[]resource.v1beta1.DeviceClaimConfiguration@1.32;constraints:[]resource.v1beta1.DeviceConstraint@1.32;requests:[]resource.v1beta1.DeviceRequest@1.32
resource.v1beta1.DeviceClaimConfiguration;opaque:resource.v1beta1.OpaqueDeviceConfiguration@1.32;requests:[]string@1.32
resource.v1beta1.DeviceClass;apiVersion:string@1.32;kind:string@1.32;metadata:meta.v1.ObjectMeta@1.32;spec!:resource.v1beta1.DeviceClassSpec@1.32-1.36;spec:resource.v1beta1.DeviceClassSpec@1.37
resource.v1beta1.DeviceClassConfiguration;opaque:resource.v1beta1.OpaqueDeviceConfiguration@1.32
resource.v1beta1.DeviceClassSpec;config:[]resource.v1beta1.DeviceClassConfiguration@1.32;extendedResourceName:string@1.34;selectors:[]resource.v1beta1.DeviceSelector@1.32
resource.v1beta1.DeviceConstraint;distinctAttribute:string@1.34;matchAttribute:string@1.32;requests:[]string@1.32
resource.v1beta1.DeviceCounterConsumption;compatibilityGroups:[]string@1.37;counterSet!:string@1.33;counters!:{}resource.v1beta1.Counter@1.33
resource.v1beta1.DeviceDerivedAttribute;expression!:string@1.37;name!:string@1.37
resource.v1beta1.DeviceRequest;adminAccess:boolean@1.32;allocationMode:string@1.32-1.34;allocationMode:string=All|ExactCount@1.35;capacity:resource.v1beta1.CapacityRequirements@1.34;count:int64@1.32;derivedAttributes:[]resource.v1beta1.DeviceDerivedAttribute@1.37;deviceClassName!:string@1.32-1.32;deviceClassName:string@1.33;firstAvailable:[]resource.v1beta1.DeviceSubRequest@1.33;name!:string@1.32;selectors:[]resource.v1beta1.DeviceSelector@1.32;tolerations:[]resource.v1beta1.DeviceToleration@1.33
resource.v1beta1.DeviceRequestAllocationResult;adminAccess:boolean@1.32;bindingConditions:[]string@1.34;bindingFailureConditions:[]string@1.34;consumedCapacity:{}quantity@1.34;device!:string@1.32;driver!:string@1.32;pool!:string@1.32;request!:string@1.32;shareID:string@1.34;skipNodeOperations:[]string=*|NodePrepareResources|NodeUnprepareResources@1.37;tolerations:[]resource.v1beta1.DeviceToleration@1.33
resource.v1beta1.DeviceSelector;cel:resource.v1beta1.CELDeviceSelector@1.32
resource.v1beta1.DeviceSubRequest;allocationMode:string@1.33-1.34;allocationMode:string=All|ExactCount@1.35;capacity:resource.v1beta1.CapacityRequirements@1.34;count:int64@1.33;derivedAttributes:[]resource.v1beta1.DeviceDerivedAttribute@1.37;deviceClassName!:string@1.33;name!:string@1.33;selectors:[]resource.v1beta1.DeviceSelector@1.33;tolerations:[]resource.v1beta1.DeviceToleration@1.33
resource.v1beta1.DeviceTaint;effect!:string=NoExecute|NoSchedule@1.33-1.34;effect!:string=NoExecute|NoSchedule|None@1.35;key!:string@1.33;timeAdded:time@1.33;value:string@1.33
resource.v1beta1.DeviceToleration;effect:string=NoExecute|NoSchedule@1.33-1.34;effect:string=NoExecute|NoSchedule|None@1.35;key:string@1.33;operator:string=Equal|Exists@1.33;tolerationSeconds:int64@1.33;value:string@1.33
resource.v1beta1.NetworkDeviceData;hardwareAddress:string@1.32;interfaceName:string@1.32;ips:[]string@1.32
resource.v1beta1.NodeAllocatableMapping;capacityKey:string@1.37;capacityMultiplier:quantity@1.37;deviceMultiplier:quantity@1.37
resource.v1beta1.NodeAllocatableOverhead;perContainer:quantity@1.37;perPod:quantity@1.37
resource.v1beta1.NodeAllocatableResource;mapping:resource.v1beta1.NodeAllocatableMapping@1.37;overhead:resource.v1beta1.NodeAllocatableOverhead@1.37
resource.v1beta1.NodeAllocatableResourceMapping;allocationMultiplier:quantity@1.36-1.36;capacityKey:string@1.36-1.36
resource.v1beta1.OpaqueDeviceConfiguration;driver!:string@1.32;parameters!:any@1.32
resource.v1beta1.ResourceClaim;apiVersion:string@1.32;kind:string@1.32;metadata:meta.v1.ObjectMeta@1.32;spec!:resource.v1beta1.ResourceClaimSpec@1.32-1.36;spec:resource.v1beta1.ResourceClaimSpec@1.37;status:resource.v1beta1.ResourceClaimStatus@1.32
resource.v1beta1.ResourceClaimConsumerReference;apiGroup:string@1.32;name!:string@1.32;resource!:string@1.32;uid!:string@1.32
resource.v1beta1.ResourceClaimSpec;devices:resource.v1beta1.DeviceClaim@1.32
resource.v1beta1.ResourceClaimStatus;allocation:resource.v1beta1.AllocationResult@1.32;devices:[]resource.v1beta1.AllocatedDeviceStatus#driver,device,pool,shareID@1.32;reservedFor:[]resource.v1beta1.ResourceClaimConsumerReference^uid#uid@1.32
resource.v1beta1.ResourceClaimTemplate;apiVersion:string@1.32;kind:string@1.32;metadata:meta.v1.ObjectMeta@1.32;spec!:resource.v1beta1.ResourceClaimTemplateSpec@1.32-1.36;spec:resource.v1beta1.ResourceClaimTemplateSpec@1.37
resource.v1beta1.ResourceClaimTemplateSpec;metadata:meta.v1.ObjectMeta@1.32;spec!:resource.v1beta1.ResourceClaimSpec@1.32-1.36;spec:resource.v1beta1.ResourceClaimSpec@1.37
resource.v1beta1.ResourcePool;generation!:int64@1.32;name!:string@1.32;resourceSliceCount!:int64@1.32
resource.v1beta1.ResourceSlice;apiVersion:string@1.32;kind:string@1.32;metadata:meta.v1.ObjectMeta@1.32;spec!:resource.v1beta1.ResourceSliceSpec@1.32
resource.v1beta1.ResourceSliceSpec;allNodes:boolean@1.32;devices:[]resource.v1beta1.Device@1.32;driver!:string@1.32;nodeName:string@1.32;nodeSelector:core.v1.NodeSelector@1.32;partitionTypeAttribute:string@1.37;perDeviceNodeSelection:boolean@1.33;pool!:resource.v1beta1.ResourcePool@1.32;sharedCounters:[]resource.v1beta1.CounterSet@1.33;skipNodeOperations:[]string=*|NodePrepareResources|NodeUnprepareResources@1.37
resource.v1beta2.AllocatedDeviceStatus;conditions:[]meta.v1.Condition#type@1.33;data:any@1.33;device!:string@1.33;driver!:string@1.33;networkData:resource.v1beta2.NetworkDeviceData@1.33;pool!:string@1.33;shareID:string@1.34
resource.v1beta2.AllocationResult;allocationTimestamp:time@1.34;devices:resource.v1beta2.DeviceAllocationResult@1.33;nodeSelector:core.v1.NodeSelector@1.33
resource.v1beta2.CELDeviceSelector;expression!:string@1.33
resource.v1beta2.CapacityRequestPolicy;default:quantity@1.34;validRange:resource.v1beta2.CapacityRequestPolicyRange@1.34;validValues:[]quantity@1.34
resource.v1beta2.CapacityRequestPolicyRange;max:quantity@1.34;min!:quantity@1.34;step:quantity@1.34
resource.v1beta2.CapacityRequirements;requests:{}quantity@1.34
resource.v1beta2.Counter;value!:quantity@1.33
resource.v1beta2.CounterSet;counters!:{}resource.v1beta2.Counter@1.33;name!:string@1.33
resource.v1beta2.Device;allNodes:boolean@1.33;allowMultipleAllocations:boolean@1.34;attributes:{}resource.v1beta2.DeviceAttribute@1.33;bindingConditions:[]string@1.34;bindingFailureConditions:[]string@1.34;bindsToNode:boolean@1.34;capacity:{}resource.v1beta2.DeviceCapacity@1.33;consumesCounters:[]resource.v1beta2.DeviceCounterConsumption@1.33;name!:string@1.33;nodeAllocatableResourceMappings:{}resource.v1beta2.NodeAllocatableResourceMapping@1.36-1.36;nodeAllocatableResources:{}resource.v1beta2.NodeAllocatableResource@1.37;nodeName:string@1.33;nodeSelector:core.v1.NodeSelector@1.33;taints:[]resource.v1beta2.DeviceTaint@1.33
resource.v1beta2.DeviceAllocationConfiguration;opaque:resource.v1beta2.OpaqueDeviceConfiguration@1.33;requests:[]string@1.33;source!:string@1.33-1.34;source!:string=FromClaim|FromClass@1.35
resource.v1beta2.DeviceAllocationResult;config:[]resource.v1beta2.DeviceAllocationConfiguration@1.33;results:[]resource.v1beta2.DeviceRequestAllocationResult@1.33
resource.v1beta2.DeviceAttribute;bool:boolean@1.33;bools:[]boolean@1.36;int:int64@1.33;ints:[]int64@1.36;string:string@1.33;strings:[]string@1.36;version:string@1.33;versions:[]string@1.36
resource.v1beta2.DeviceCapacity;requestPolicy:resource.v1beta2.CapacityRequestPolicy@1.34;value!:quantity@1.33
resource.v1beta2.DeviceClaim;config:[]resource.v1beta2.DeviceClaimConfiguration@1.33;constraints:[]resource.v1beta2.DeviceConstraint@1.33;requests:[]resource.v1beta2.DeviceRequest@1.33
resource.v1beta2.DeviceClaimConfiguration;opaque:resource.v1beta2.OpaqueDeviceConfiguration@1.33;requests:[]string@1.33
resource.v1beta2.DeviceClass;apiVersion:string@1.33;kind:string@1.33;metadata:meta.v1.ObjectMeta@1.33;spec!:resource.v1beta2.DeviceClassSpec@1.33-1.36;spec:resource.v1beta2.DeviceClassSpec@1.37
resource.v1beta2.DeviceClassConfiguration;opaque:resource.v1beta2.OpaqueDeviceConfiguration@1.33
resource.v1beta2.DeviceClassSpec;config:[]resource.v1beta2.DeviceClassConfiguration@1.33;extendedResourceName:string@1.34;selectors:[]resource.v1beta2.DeviceSelector@1.33
resource.v1beta2.DeviceConstraint;distinctAttribute:string@1.34;matchAttribute:string@1.33;requests:[]string@1.33
resource.v1beta2.DeviceCounterConsumption;compatibilityGroups:[]string@1.37;counterSet!:string@1.33;counters!:{}resource.v1beta2.Counter@1.33
resource.v1beta2.DeviceDerivedAttribute;expression!:string@1.37;name!:string@1.37
resource.v1beta2.DeviceRequest;exactly:resource.v1beta2.ExactDeviceRequest@1.33;firstAvailable:[]resource.v1beta2.DeviceSubRequest@1.33;name!:string@1.33
resource.v1beta2.DeviceRequestAllocationResult;adminAccess:boolean@1.33;bindingConditions:[]string@1.34;bindingFailureConditions:[]string@1.34;consumedCapacity:{}quantity@1.34;device!:string@1.33;driver!:string@1.33;pool!:string@1.33;request!:string@1.33;shareID:string@1.34;skipNodeOperations:[]string=*|NodePrepareResources|NodeUnprepareResources@1.37;tolerations:[]resource.v1beta2.DeviceToleration@1.33
resource.v1beta2.DeviceSelector;cel:resource.v1beta2.CELDeviceSelector@1.33
resource.v1beta2.DeviceSubRequest;allocationMode:string@1.33-1.34;allocationMode:string=All|ExactCount@1.35;capacity:resource.v1beta2.CapacityRequirements@1.34;count:int64@1.33;derivedAttributes:[]resource.v1beta2.DeviceDerivedAttribute@1.37;deviceClassName!:string@1.33;name!:string@1.33;selectors:[]resource.v1beta2.DeviceSelector@1.33;tolerations:[]resource.v1beta2.DeviceToleration@1.33
resource.v1beta2.DeviceTaint;effect!:string=NoExecute|NoSchedule@1.33-1.34;effect!:string=NoExecute|NoSchedule|None@1.35;key!:string@1.33;timeAdded:time@1.33;value:string@1.33
resource.v1beta2.DeviceTaintRule;apiVersion:string@1.36;kind:string@1.36;metadata:meta.v1.ObjectMeta@1.36;spec!:resource.v1beta2.DeviceTaintRuleSpec@1.36;status:resource.v1beta2.DeviceTaintRuleStatus@1.36
resource.v1beta2.DeviceTaintRuleSpec;deviceSelector:resource.v1beta2.DeviceTaintSelector@1.36;taint!:resource.v1beta2.DeviceTaint@1.36
resource.v1beta2.DeviceTaintRuleStatus;conditions:[]meta.v1.Condition^type#type@1.36
resource.v1beta2.DeviceTaintSelector;device:string@1.36;driver:string@1.36;pool:string@1.36
resource.v1beta2.DeviceToleration;effect:string=NoExecute|NoSchedule@1.33-1.34;effect:string=NoExecute|NoSchedule|None@1.35;key:string@1.33;operator:string=Equal|Exists@1.33;tolerationSeconds:int64@1.33;value:string@1.33
resource.v1beta2.ExactDeviceRequest;adminAccess:boolean@1.33;allocationMode:string@1.33-1.34;allocationMode:string=All|ExactCount@1.35;capacity:resource.v1beta2.CapacityRequirements@1.34;count:int64@1.33;derivedAttributes:[]resource.v1beta2.DeviceDerivedAttribute@1.37;deviceClassName!:string@1.33;selectors:[]resource.v1beta2.DeviceSelector@1.33;tolerations:[]resource.v1beta2.DeviceToleration@1.33
resource.v1beta2.NetworkDeviceData;hardwareAddress:string@1.33;interfaceName:string@1.33;ips:[]string@1.33
resource.v1beta2.NodeAllocatableMapping;capacityKey:string@1.37;capacityMultiplier:quantity@1.37;deviceMultiplier:quantity@1.37
resource.v1beta2.NodeAllocatableOverhead;perContainer:quantity@1.37;perPod:quantity@1.37
resource.v1beta2.NodeAllocatableResource;mapping:resource.v1beta2.NodeAllocatableMapping@1.37;overhead:resource.v1beta2.NodeAllocatableOverhead@1.37
resource.v1beta2.NodeAllocatableResourceMapping;allocationMultiplier:quantity@1.36-1.36;capacityKey:string@1.36-1.36
resource.v1beta2.OpaqueDeviceConfiguration;driver!:string@1.33;parameters!:any@1.33
resource.v1beta2.ResourceClaim;apiVersion:string@1.33;kind:string@1.33;metadata:meta.v1.ObjectMeta@1.33;spec!:resource.v1beta2.ResourceClaimSpec@1.33-1.36;spec:resource.v1beta2.ResourceClaimSpec@1.37;status:resource.v1beta2.ResourceClaimStatus@1.33
resource.v1beta2.ResourceClaimConsumerReference;apiGroup:string@1.33;name!:string@1.33;resource!:string@1.33;uid!:string@1.33
resource.v1beta2.ResourceClaimSpec;devices:resource.v1beta2.DeviceClaim@1.33
resource.v1beta2.ResourceClaimStatus;allocation:resource.v1beta2.AllocationResult@1.33;devices:[]resource.v1beta2.AllocatedDeviceStatus#driver,device,pool,shareID@1.33;reservedFor:[]resource.v1beta2.ResourceClaimConsumerReference^uid#uid@1.33
resource.v1beta2.ResourceClaimTemplate;apiVersion:string@1.33;kind:string@1.33;metadata:meta.v1.ObjectMeta@1.33;spec!:resource.v1beta2.ResourceClaimTemplateSpec@1.33-1.36;spec:resource.v1beta2.ResourceClaimTemplateSpec@1.37
resource.v1beta2.ResourceClaimTemplateSpec;metadata:meta.v1.ObjectMeta@1.33;spec!:resource.v1beta2.ResourceClaimSpec@1.33-1.36;spec:resource.v1beta2.ResourceClaimSpec@1.37
resource.v1beta2.ResourcePool;generation!:int64@1.33;name!:string@1.33;resourceSliceCount!:int64@1.33
resource.v1beta2.ResourceSlice;apiVersion:string@1.33;kind:string@1.33;metadata:meta.v1.ObjectMeta@1.33;spec!:resource.v1beta2.ResourceSliceSpec@1.33
resource.v1beta2.ResourceSliceSpec;allNodes:boolean@1.33;devices:[]resource.v1beta2.Device@1.33;driver!:string@1.33;nodeName:string@1.33;nodeSelector:core.v1.NodeSelector@1.33;partitionTypeAttribute:string@1.37;perDeviceNodeSelection:boolean@1.33;pool!:resource.v1beta2.ResourcePool@1.33;sharedCounters:[]resource.v1beta2.CounterSet@1.33;skipNodeOperations:[]string=*|NodePrepareResources|NodeUnprepareResources@1.37
scheduling.v1.PriorityClass;apiVersion:string;description:string;globalDefault:boolean;kind:string;metadata:meta.v1.ObjectMeta;preemptionPolicy:string=Never|PreemptLowerPriority;value!:int32@-1.35;value:int32@1.36
scheduling.v1alpha1.BasicSchedulingPolicy
scheduling.v1alpha1.GangSchedulingPolicy;minCount!:int32@1.35-1.35
scheduling.v1alpha1.PodGroup;name!:string@1.35-1.35;policy!:scheduling.v1alpha1.PodGroupPolicy@1.35-1.35
scheduling.v1alpha1.PodGroupPolicy;basic:scheduling.v1alpha1.BasicSchedulingPolicy@1.35-1.35;gang:scheduling.v1alpha1.GangSchedulingPolicy@1.35-1.35
scheduling.v1alpha1.TypedLocalObjectReference;apiGroup:string@1.35-1.35;kind!:string@1.35-1.35;name!:string@1.35-1.35
scheduling.v1alpha1.Workload;apiVersion:string@1.35-1.35;kind:string@1.35-1.35;metadata:meta.v1.ObjectMeta@1.35-1.35;spec!:scheduling.v1alpha1.WorkloadSpec@1.35-1.35
scheduling.v1alpha1.WorkloadSpec;controllerRef:scheduling.v1alpha1.TypedLocalObjectReference@1.35-1.35;podGroups!:[]scheduling.v1alpha1.PodGroup#name@1.35-1.35
scheduling.v1alpha2.BasicSchedulingPolicy
scheduling.v1alpha2.GangSchedulingPolicy;minCount!:int32@1.36-1.36
scheduling.v1alpha2.PodGroup;apiVersion:string@1.36-1.36;kind:string@1.36-1.36;metadata:meta.v1.ObjectMeta@1.36-1.36;spec!:scheduling.v1alpha2.PodGroupSpec@1.36-1.36;status:scheduling.v1alpha2.PodGroupStatus@1.36-1.36
scheduling.v1alpha2.PodGroupResourceClaim;name!:string@1.36-1.36;resourceClaimName:string@1.36-1.36;resourceClaimTemplateName:string@1.36-1.36
scheduling.v1alpha2.PodGroupResourceClaimStatus;name!:string@1.36-1.36;resourceClaimName:string@1.36-1.36
scheduling.v1alpha2.PodGroupSchedulingConstraints;topology:[]scheduling.v1alpha2.TopologyConstraint@1.36-1.36
scheduling.v1alpha2.PodGroupSchedulingPolicy;basic:scheduling.v1alpha2.BasicSchedulingPolicy@1.36-1.36;gang:scheduling.v1alpha2.GangSchedulingPolicy@1.36-1.36
scheduling.v1alpha2.PodGroupSpec;disruptionMode:string=Pod|PodGroup@1.36-1.36;podGroupTemplateRef:scheduling.v1alpha2.PodGroupTemplateReference@1.36-1.36;priority:int32@1.36-1.36;priorityClassName:string@1.36-1.36;resourceClaims:[]scheduling.v1alpha2.PodGroupResourceClaim^name#name@1.36-1.36;schedulingConstraints:scheduling.v1alpha2.PodGroupSchedulingConstraints@1.36-1.36;schedulingPolicy!:scheduling.v1alpha2.PodGroupSchedulingPolicy@1.36-1.36
scheduling.v1alpha2.PodGroupStatus;conditions:[]meta.v1.Condition^type#type@1.36-1.36;resourceClaimStatuses:[]scheduling.v1alpha2.PodGroupResourceClaimStatus^name#name@1.36-1.36
scheduling.v1alpha2.PodGroupTemplate;disruptionMode:string=Pod|PodGroup@1.36-1.36;name!:string@1.36-1.36;priority:int32@1.36-1.36;priorityClassName:string@1.36-1.36;resourceClaims:[]scheduling.v1alpha2.PodGroupResourceClaim^name#name@1.36-1.36;schedulingConstraints:scheduling.v1alpha2.PodGroupSchedulingConstraints@1.36-1.36;schedulingPolicy!:scheduling.v1alpha2.PodGroupSchedulingPolicy@1.36-1.36
scheduling.v1alpha2.PodGroupTemplateReference;workload:scheduling.v1alpha2.WorkloadPodGroupTemplateReference@1.36-1.36
scheduling.v1alpha2.TopologyConstraint;key!:string@1.36-1.36
scheduling.v1alpha2.TypedLocalObjectReference;apiGroup:string@1.36-1.36;kind!:string@1.36-1.36;name!:string@1.36-1.36
scheduling.v1alpha2.Workload;apiVersion:string@1.36-1.36;kind:string@1.36-1.36;metadata:meta.v1.ObjectMeta@1.36-1.36;spec!:scheduling.v1alpha2.WorkloadSpec@1.36-1.36
scheduling.v1alpha2.WorkloadPodGroupTemplateReference;podGroupTemplateName!:string@1.36-1.36;workloadName!:string@1.36-1.36
scheduling.v1alpha2.WorkloadSpec;controllerRef:scheduling.v1alpha2.TypedLocalObjectReference@1.36-1.36;podGroupTemplates!:[]scheduling.v1alpha2.PodGroupTemplate#name@1.36-1.36
scheduling.v1alpha3.AllCompositeDisruptionMode
scheduling.v1alpha3.AllDisruptionMode
scheduling.v1alpha3.BasicSchedulingPolicy
scheduling.v1alpha3.CompositeBasicSchedulingPolicy
scheduling.v1alpha3.CompositeDisruptionMode;all:scheduling.v1alpha3.AllCompositeDisruptionMode@1.37;single:scheduling.v1alpha3.SingleCompositeDisruptionMode@1.37
scheduling.v1alpha3.CompositeGangSchedulingPolicy;minGroupCount!:int32@1.37
scheduling.v1alpha3.CompositePodGroup;apiVersion:string@1.37;kind:string@1.37;metadata:meta.v1.ObjectMeta@1.37;spec!:scheduling.v1alpha3.CompositePodGroupSpec@1.37;status:scheduling.v1alpha3.CompositePodGroupStatus@1.37
scheduling.v1alpha3.CompositePodGroupSchedulingConstraints;topology:[]scheduling.v1alpha3.TopologyConstraint@1.37
scheduling.v1alpha3.CompositePodGroupSchedulingPolicy;basic:scheduling.v1alpha3.CompositeBasicSchedulingPolicy@1.37;gang:scheduling.v1alpha3.CompositeGangSchedulingPolicy@1.37
scheduling.v1alpha3.CompositePodGroupSpec;disruptionMode:scheduling.v1alpha3.CompositeDisruptionMode@1.37;parentCompositePodGroupName:string@1.37;preemptionPolicy:string=Never|PreemptLowerPriority@1.37;priority:int32@1.37;priorityClassName:string@1.37;schedulingConstraints:scheduling.v1alpha3.CompositePodGroupSchedulingConstraints@1.37;schedulingPolicy!:scheduling.v1alpha3.CompositePodGroupSchedulingPolicy@1.37;workloadRef!:scheduling.v1alpha3.WorkloadReference@1.37
scheduling.v1alpha3.CompositePodGroupStatus;conditions:[]meta.v1.Condition^type#type@1.37
scheduling.v1alpha3.CompositePodGroupTemplate;compositePodGroupTemplates:[]scheduling.v1alpha3.CompositePodGroupTemplate#name@1.37;disruptionMode:scheduling.v1alpha3.CompositeDisruptionMode@1.37;name!:string@1.37;podGroupTemplates:[]scheduling.v1alpha3.PodGroupTemplate#name@1.37;preemptionPolicy:string=Never|PreemptLowerPriority@1.37;priority:int32@1.37;priorityClassName:string@1.37;schedulingConstraints:scheduling.v1alpha3.CompositePodGroupSchedulingConstraints@1.37;schedulingPolicy!:scheduling.v1alpha3.CompositePodGroupSchedulingPolicy@1.37
scheduling.v1alpha3.DisruptionMode;all:scheduling.v1alpha3.AllDisruptionMode@1.37;single:scheduling.v1alpha3.SingleDisruptionMode@1.37
scheduling.v1alpha3.GangSchedulingPolicy;minCount!:int32@1.37
scheduling.v1alpha3.PodGroup;apiVersion:string@1.37;kind:string@1.37;metadata:meta.v1.ObjectMeta@1.37;spec!:scheduling.v1alpha3.PodGroupSpec@1.37;status:scheduling.v1alpha3.PodGroupStatus@1.37
scheduling.v1alpha3.PodGroupResourceClaim;name!:string@1.37;resourceClaimName:string@1.37;resourceClaimTemplateName:string@1.37
scheduling.v1alpha3.PodGroupResourceClaimStatus;name!:string@1.37;resourceClaimName:string@1.37
scheduling.v1alpha3.PodGroupSchedulingConstraints;topology:[]scheduling.v1alpha3.TopologyConstraint@1.37
scheduling.v1alpha3.PodGroupSchedulingPolicy;basic:scheduling.v1alpha3.BasicSchedulingPolicy@1.37;gang:scheduling.v1alpha3.GangSchedulingPolicy@1.37
scheduling.v1alpha3.PodGroupSpec;disruptionMode:scheduling.v1alpha3.DisruptionMode@1.37;parentCompositePodGroupName:string@1.37;preemptionPolicy:string=Never|PreemptLowerPriority@1.37;priority:int32@1.37;priorityClassName:string@1.37;resourceClaims:[]scheduling.v1alpha3.PodGroupResourceClaim^name#name@1.37;schedulingConstraints:scheduling.v1alpha3.PodGroupSchedulingConstraints@1.37;schedulingPolicy!:scheduling.v1alpha3.PodGroupSchedulingPolicy@1.37;workloadRef:scheduling.v1alpha3.WorkloadReference@1.37
scheduling.v1alpha3.PodGroupStatus;conditions:[]meta.v1.Condition^type#type@1.37;resourceClaimStatuses:[]scheduling.v1alpha3.PodGroupResourceClaimStatus^name#name@1.37
scheduling.v1alpha3.PodGroupTemplate;disruptionMode:scheduling.v1alpha3.DisruptionMode@1.37;name!:string@1.37;preemptionPolicy:string=Never|PreemptLowerPriority@1.37;priority:int32@1.37;priorityClassName:string@1.37;resourceClaims:[]scheduling.v1alpha3.PodGroupResourceClaim^name#name@1.37;schedulingConstraints:scheduling.v1alpha3.PodGroupSchedulingConstraints@1.37;schedulingPolicy!:scheduling.v1alpha3.PodGroupSchedulingPolicy@1.37
scheduling.v1alpha3.SingleCompositeDisruptionMode
scheduling.v1alpha3.SingleDisruptionMode
scheduling.v1alpha3.TopologyConstraint;key!:string@1.37
scheduling.v1alpha3.TypedLocalObjectReference;apiGroup:string@1.37;kind!:string@1.37;name!:string@1.37
scheduling.v1alpha3.Workload;apiVersion:string@1.37;kind:string@1.37;metadata:meta.v1.ObjectMeta@1.37;spec!:scheduling.v1alpha3.WorkloadSpec@1.37
scheduling.v1alpha3.WorkloadPodGroupAllDisruptionMode
scheduling.v1alpha3.WorkloadPodGroupBasicSchedulingPolicy
scheduling.v1alpha3.WorkloadPodGroupDisruptionMode;all:scheduling.v1alpha3.WorkloadPodGroupAllDisruptionMode@1.37;single:scheduling.v1alpha3.WorkloadPodGroupSingleDisruptionMode@1.37
scheduling.v1alpha3.WorkloadPodGroupGangSchedulingPolicy;minCount:int32@1.37
scheduling.v1alpha3.WorkloadPodGroupResourceClaim;name!:string@1.37;resourceClaimName:string@1.37;resourceClaimTemplateName:string@1.37
scheduling.v1alpha3.WorkloadPodGroupSchedulingConstraints;topology:[]scheduling.v1alpha3.TopologyConstraint@1.37
scheduling.v1alpha3.WorkloadPodGroupSchedulingPolicy;basic:scheduling.v1alpha3.WorkloadPodGroupBasicSchedulingPolicy@1.37;gang:scheduling.v1alpha3.WorkloadPodGroupGangSchedulingPolicy@1.37
scheduling.v1alpha3.WorkloadPodGroupSingleDisruptionMode
scheduling.v1alpha3.WorkloadReference;templateName!:string@1.37;workloadName!:string@1.37
scheduling.v1alpha3.WorkloadSpec;compositePodGroupTemplates:[]scheduling.v1alpha3.CompositePodGroupTemplate#name@1.37;controllerRef:scheduling.v1alpha3.TypedLocalObjectReference@1.37;podGroupTemplates:[]scheduling.v1alpha3.PodGroupTemplate#name@1.37
scheduling.v1beta1.AllCompositeDisruptionMode
scheduling.v1beta1.AllDisruptionMode
scheduling.v1beta1.BasicSchedulingPolicy
scheduling.v1beta1.CompositeBasicSchedulingPolicy
scheduling.v1beta1.CompositeDisruptionMode;all:scheduling.v1beta1.AllCompositeDisruptionMode@1.37;single:scheduling.v1beta1.SingleCompositeDisruptionMode@1.37
scheduling.v1beta1.CompositeGangSchedulingPolicy;minGroupCount!:int32@1.37
scheduling.v1beta1.CompositePodGroupSchedulingConstraints;topology:[]scheduling.v1beta1.TopologyConstraint@1.37
scheduling.v1beta1.CompositePodGroupSchedulingPolicy;basic:scheduling.v1beta1.CompositeBasicSchedulingPolicy@1.37;gang:scheduling.v1beta1.CompositeGangSchedulingPolicy@1.37
scheduling.v1beta1.CompositePodGroupTemplate;compositePodGroupTemplates:[]scheduling.v1beta1.CompositePodGroupTemplate#name@1.37;disruptionMode:scheduling.v1beta1.CompositeDisruptionMode@1.37;name!:string@1.37;podGroupTemplates:[]scheduling.v1beta1.PodGroupTemplate#name@1.37;preemptionPolicy:string=Never|PreemptLowerPriority@1.37;priority:int32@1.37;priorityClassName:string@1.37;schedulingConstraints:scheduling.v1beta1.CompositePodGroupSchedulingConstraints@1.37;schedulingPolicy!:scheduling.v1beta1.CompositePodGroupSchedulingPolicy@1.37
scheduling.v1beta1.DisruptionMode;all:scheduling.v1beta1.AllDisruptionMode@1.37;single:scheduling.v1beta1.SingleDisruptionMode@1.37
scheduling.v1beta1.GangSchedulingPolicy;minCount!:int32@1.37
scheduling.v1beta1.PodGroup;apiVersion:string@1.37;kind:string@1.37;metadata:meta.v1.ObjectMeta@1.37;spec!:scheduling.v1beta1.PodGroupSpec@1.37;status:scheduling.v1beta1.PodGroupStatus@1.37
scheduling.v1beta1.PodGroupResourceClaim;name!:string@1.37;resourceClaimName:string@1.37;resourceClaimTemplateName:string@1.37
scheduling.v1beta1.PodGroupResourceClaimStatus;name!:string@1.37;resourceClaimName:string@1.37
scheduling.v1beta1.PodGroupSchedulingConstraints;topology:[]scheduling.v1beta1.TopologyConstraint@1.37
scheduling.v1beta1.PodGroupSchedulingPolicy;basic:scheduling.v1beta1.BasicSchedulingPolicy@1.37;gang:scheduling.v1beta1.GangSchedulingPolicy@1.37
scheduling.v1beta1.PodGroupSpec;disruptionMode:scheduling.v1beta1.DisruptionMode@1.37;parentCompositePodGroupName:string@1.37;preemptionPolicy:string=Never|PreemptLowerPriority@1.37;priority:int32@1.37;priorityClassName:string@1.37;resourceClaims:[]scheduling.v1beta1.PodGroupResourceClaim^name#name@1.37;schedulingConstraints:scheduling.v1beta1.PodGroupSchedulingConstraints@1.37;schedulingPolicy!:scheduling.v1beta1.PodGroupSchedulingPolicy@1.37;workloadRef:scheduling.v1beta1.WorkloadReference@1.37
scheduling.v1beta1.PodGroupStatus;conditions:[]meta.v1.Condition^type#type@1.37;resourceClaimStatuses:[]scheduling.v1beta1.PodGroupResourceClaimStatus^name#name@1.37
scheduling.v1beta1.PodGroupTemplate;disruptionMode:scheduling.v1beta1.DisruptionMode@1.37;name!:string@1.37;preemptionPolicy:string=Never|PreemptLowerPriority@1.37;priority:int32@1.37;priorityClassName:string@1.37;resourceClaims:[]scheduling.v1beta1.PodGroupResourceClaim^name#name@1.37;schedulingConstraints:scheduling.v1beta1.PodGroupSchedulingConstraints@1.37;schedulingPolicy!:scheduling.v1beta1.PodGroupSchedulingPolicy@1.37
scheduling.v1beta1.SingleCompositeDisruptionMode
scheduling.v1beta1.SingleDisruptionMode
scheduling.v1beta1.TopologyConstraint;key!:string@1.37
scheduling.v1beta1.TypedLocalObjectReference;apiGroup:string@1.37;kind!:string@1.37;name!:string@1.37
scheduling.v1beta1.Workload;apiVersion:string@1.37;kind:string@1.37;metadata:meta.v1.ObjectMeta@1.37;spec!:scheduling.v1beta1.WorkloadSpec@1.37
scheduling.v1beta1.WorkloadReference;templateName!:string@1.37;workloadName!:string@1.37
scheduling.v1beta1.WorkloadSpec;compositePodGroupTemplates:[]scheduling.v1beta1.CompositePodGroupTemplate#name@1.37;controllerRef:scheduling.v1beta1.TypedLocalObjectReference@1.37;podGroupTemplates:[]scheduling.v1beta1.PodGroupTemplate#name@1.37
storage.v1.CSIDriver;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec!:storage.v1.CSIDriverSpec
storage.v1.CSIDriverSpec;attachRequired:boolean;fsGroupPolicy:string;nodeAllocatableUpdatePeriodSeconds:int64@1.33;podInfoOnMount:boolean;preventPodSchedulingIfMissing:boolean@1.36;requiresRepublish:boolean;seLinuxMount:boolean;serviceAccountTokenInSecrets:boolean@1.35;storageCapacity:boolean;tokenRequests:[]storage.v1.TokenRequest;volumeLifecycleModes:[]string
storage.v1.CSINode;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec!:storage.v1.CSINodeSpec;status:storage.v1.CSINodeStatus@1.37
storage.v1.CSINodeDriver;allocatable:storage.v1.VolumeNodeResources;name!:string;nodeID!:string;topologyKeys:[]string
storage.v1.CSINodeSpec;drivers!:[]storage.v1.CSINodeDriver^name#name
storage.v1.CSINodeStatus;storageHealth:[]storage.v1.StorageHealth^name#name@1.37
storage.v1.CSIStorageCapacity;apiVersion:string;capacity:quantity;kind:string;maximumVolumeSize:quantity;metadata:meta.v1.ObjectMeta;nodeTopology:meta.v1.LabelSelector;storageClassName!:string
storage.v1.StorageClass;allowVolumeExpansion:boolean;allowedTopologies:[]core.v1.TopologySelectorTerm;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;mountOptions:[]string;parameters:{}string;provisioner!:string;reclaimPolicy:string=Delete|Recycle|Retain;volumeBindingMode:string=Immediate|WaitForFirstConsumer
storage.v1.StorageHealth;healthConditions:[]storage.v1.StorageHealthCondition@1.37;name!:string@1.37
storage.v1.StorageHealthCondition;accessMode:string=ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod@1.37;lastTransitionTime:time@1.37;message:string@1.37;reason!:string@1.37;status!:string=StorageDegraded|StorageUnreachable@1.37;volumeMode:string=Block|Filesystem@1.37
storage.v1.TokenRequest;audience!:string;expirationSeconds:int64
storage.v1.VolumeAttachment;apiVersion:string;kind:string;metadata:meta.v1.ObjectMeta;spec!:storage.v1.VolumeAttachmentSpec;status:storage.v1.VolumeAttachmentStatus
storage.v1.VolumeAttachmentSource;inlineVolumeSpec:core.v1.PersistentVolumeSpec;persistentVolumeName:string
storage.v1.VolumeAttachmentSpec;attacher!:string;nodeName!:string;source!:storage.v1.VolumeAttachmentSource
storage.v1.VolumeAttachmentStatus;attachError:storage.v1.VolumeError;attached!:boolean;attachmentMetadata:{}string;detachError:storage.v1.VolumeError
storage.v1.VolumeAttributesClass;apiVersion:string@1.34;driverName!:string@1.34;kind:string@1.34;metadata:meta.v1.ObjectMeta@1.34;parameters:{}string@1.34
storage.v1.VolumeError;errorCode:int32@1.33;message:string;time:time
storage.v1.VolumeNodeResources;count:int32
storage.v1alpha1.VolumeAttributesClass;apiVersion:string@1.29-1.34;driverName!:string@1.29-1.34;kind:string@1.29-1.34;metadata:meta.v1.ObjectMeta@1.29-1.34;parameters:{}string@1.29-1.34
storage.v1beta1.VolumeAttributesClass;apiVersion:string@1.31-1.36;driverName!:string@1.31-1.36;kind:string@1.31-1.36;metadata:meta.v1.ObjectMeta@1.31-1.36;parameters:{}string@1.31-1.36
storagemigration.v1.StorageVersionMigration;apiVersion:string@1.37;kind:string@1.37;metadata:meta.v1.ObjectMeta@1.37;spec:storagemigration.v1.StorageVersionMigrationSpec@1.37;status:storagemigration.v1.StorageVersionMigrationStatus@1.37
storagemigration.v1.StorageVersionMigrationSpec;resource!:meta.v1.GroupResource@1.37
storagemigration.v1.StorageVersionMigrationStatus;conditions:[]meta.v1.Condition^type#type@1.37;resourceVersion:string@1.37
storagemigration.v1alpha1.GroupVersionResource;group:string@1.30-1.34;resource:string@1.30-1.34;version:string@1.30-1.34
storagemigration.v1alpha1.MigrationCondition;lastUpdateTime:time@1.30-1.34;message:string@1.30-1.34;reason:string@1.30-1.34;status!:string@1.30-1.34;type!:string@1.30-1.34
storagemigration.v1alpha1.StorageVersionMigration;apiVersion:string@1.30-1.34;kind:string@1.30-1.34;metadata:meta.v1.ObjectMeta@1.30-1.34;spec:storagemigration.v1alpha1.StorageVersionMigrationSpec@1.30-1.34;status:storagemigration.v1alpha1.StorageVersionMigrationStatus@1.30-1.34
storagemigration.v1alpha1.StorageVersionMigrationSpec;continueToken:string@1.30-1.34;resource!:storagemigration.v1alpha1.GroupVersionResource@1.30-1.34
storagemigration.v1alpha1.StorageVersionMigrationStatus;conditions:[]storagemigration.v1alpha1.MigrationCondition^type#type@1.30-1.34;resourceVersion:string@1.30-1.34
storagemigration.v1beta1.StorageVersionMigration;apiVersion:string@1.35;kind:string@1.35;metadata:meta.v1.ObjectMeta@1.35;spec:storagemigration.v1beta1.StorageVersionMigrationSpec@1.35;status:storagemigration.v1beta1.StorageVersionMigrationStatus@1.35
storagemigration.v1beta1.StorageVersionMigrationSpec;resource!:meta.v1.GroupResource@1.35
storagemigration.v1beta1.StorageVersionMigrationStatus;conditions:[]meta.v1.Condition^type#type@1.35;resourceVersion:string@1.35
`;
