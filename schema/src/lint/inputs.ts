import { limitsIn } from '@marquee/input';
import { type DocumentNode, type InputValueDefinitionNode, Kind } from 'graphql';

import { type Complaint, fieldsIn, innermost, isList, type Rule } from './rule.ts';

/** Every list and string that a client may send has a maximum; that of IDs is the same everywhere. */
export const boundedInput: Rule = ({ own }) =>
  inputsIn(own).flatMap(([coordinate, input]): Complaint[] => {
    const { maxItems, maxLength } = limitsIn(input.directives ?? []);
    const missing = [
      ...(isList(input.type) && maxItems === undefined ? ['maxItems'] : []),
      ...(innermost(input.type).name.value === 'String' && maxLength === undefined ? ['maxLength'] : []),
    ];
    if (missing.length === 0) return [];
    const message = `${coordinate} has no maximum: a client may send any amount.`;
    return [{ coordinate, message, help: `Add @constraint(${missing.map((name) => `${name}: …`).join(', ')}).` }];
  });

const CREDENTIAL = /(password|passphrase|token|code|secret|challengeId|recoveryCodes)$/i;

/** An argument or input field that is named like a credential is marked as one. */
export const secretInput: Rule = ({ own }) =>
  inputsIn(own)
    .filter(([, { name, directives = [] }]) => CREDENTIAL.test(name.value) && limitsIn(directives).isSecret !== true)
    .map(([coordinate]) => ({
      coordinate,
      message: `${coordinate} is named like a credential and not marked @secret.`,
      help: 'Add @secret, rename it, or exclude it from this rule in schema/registry.config.yml.',
    }));

/** The arguments and input fields of an SDL, by coordinate. */
function inputsIn(document: DocumentNode): [coordinate: string, InputValueDefinitionNode][] {
  const fields = document.definitions.flatMap((type) => {
    const isInput = type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || type.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION;
    return isInput
      ? (type.fields ?? []).map((field) => [`${type.name.value}.${field.name.value}`, field] as const)
      : [];
  });
  const args = fieldsIn(document).flatMap(({ field, coordinate }) =>
    (field.arguments ?? []).map((argument) => [`${coordinate}(${argument.name.value}:)`, argument] as const),
  );
  return [...fields, ...args].map(([coordinate, node]) => [coordinate, node]);
}
