import type { SecretFault } from '../fault';
import type { SecretTemplate } from '../template';

/** The fields that every delivery can ask for by their name: others are expressions to one of them. */
const fieldName = /^[A-Za-z0-9_.-]+$/;

/** What is wrong with the fields that a file asks for, with any cloud and delivery. */
export function fieldFaults(field: string | undefined, template: SecretTemplate | undefined): readonly SecretFault[] {
  const wrong = (property: string, name: string): SecretFault => ({
    property,
    value: name,
    message: `${JSON.stringify(name)} is no name of a field that can be asked for`,
    remedy: 'name a field of the JSON object by letters, digits, underscores, dots and dashes',
  });
  const asked = [
    ...(field === undefined ? [] : ([['field', field]] as const)),
    ...(template?.fields ?? []).map((name) => ['template', name] as const),
  ];
  const lists = (template?.parts ?? []).some((part) => typeof part !== 'string' && part.as === 'lines');
  return [
    ...asked.flatMap(([property, name]) =>
      typeof name === 'string' && fieldName.test(name) ? [] : [wrong(property, name)],
    ),
    ...(lists ? [noLists] : []),
  ];
}

const noLists: SecretFault = {
  property: 'template',
  message: 'the template writes a list in lines, and the fields of a secret of a cloud are texts',
  remedy: 'write the field as it is, or as json',
};
