import { acceptedPods, refusedPods } from './pod-cases';
import { describeVerdicts } from './verdicts';

describeVerdicts('pods', { refused: refusedPods, accepted: acceptedPods });
