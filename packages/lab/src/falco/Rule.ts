import type { SystemEvent } from '../runtime/events/SystemEvent';

/** Falco's words, from the worst to the least. */
export type Priority =
  | 'Emergency'
  | 'Alert'
  | 'Critical'
  | 'Error'
  | 'Warning'
  | 'Notice'
  | 'Informational'
  | 'Debug';

/** One of Falco's rules: what it is called and says is Falco's own (falcosecurity/rules, rules/falco_rules.yaml), the condition is told in TypeScript. */
export interface Rule {
  name: string;
  priority: Priority;
  tags: string[];
  /** Text with fields: `file=%fd.name`. */
  output: string;
  isMet(event: SystemEvent): boolean;
}

/** What almost every rule's output goes on with. */
export const PROCESS_FIELDS =
  'evt_type=%evt.type user=%user.name user_uid=%user.uid user_loginuid=%user.loginuid process=%proc.name proc_exepath=%proc.exepath parent=%proc.pname command=%proc.cmdline terminal=%proc.tty';
export const EXECUTABLE_FLAGS = 'exe_flags=%evt.arg.flags';
/** What Falco's container plugin appends to all outputs (`-o append_output`, suggested fields). */
export const CONTAINER_FIELDS =
  'container_id=%container.id container_name=%container.name container_image_repository=%container.image.repository container_image_tag=%container.image.tag k8s_pod_name=%k8s.pod.name k8s_ns_name=%k8s.ns.name';
