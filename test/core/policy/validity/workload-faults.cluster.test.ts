import { describeVerdicts } from './verdicts';
import { acceptedWorkloads, refusedWholes, refusedWorkloads } from './workload-cases';

describeVerdicts('workloads', { refused: [...refusedWorkloads, ...refusedWholes], accepted: acceptedWorkloads });
