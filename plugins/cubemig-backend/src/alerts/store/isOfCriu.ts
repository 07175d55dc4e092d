import { NormalisedAlert } from '../normalise';

/**
 * Whether Falco has seen a CRIU on a node. CRIU runs beside the containers, not in them: what bears its name inside one is not its work.
 */
export function isOfCriu(
  alert: Pick<
    NormalisedAlert,
    'rule' | 'containerId' | 'pod' | 'hostname' | 'fields'
  >,
): boolean {
  return (
    alert.rule === 'PTRACE attached to process' &&
    alert.containerId === undefined &&
    alert.pod === undefined &&
    alert.hostname !== undefined &&
    alert.fields['proc.name'] === 'criu'
  );
}
