/**
 * Protobuf messages: name -> comma separated fields, each `<number> <name> <type>`, with `[]` behind the type of a repeated field.
 * Field numbers and names are CRIU's, so that `crit` and checkpointctl read what is written by them.
 */
export type MessageTable = Record<string, string>;
