export { AppResources, type AppResourcesArgs } from './app-resources';
export { LateValues, type StandInOptions, TakenApartError } from './late-values';
