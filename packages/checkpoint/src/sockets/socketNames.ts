// Names as checkpointctl prints them (go-criu); a number without a name is printed as it is, and 0 not at all.

/** include/net/tcp_states.h */
const states = [
  '',
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
  'NEW_SYN_RECV',
];

const families: Record<number, string> = {
  1: 'UNIX',
  2: 'IPV4',
  7: 'BRIDGE',
  10: 'IPV6',
  15: 'KEY',
  16: 'NETLINK',
  17: 'PACKET',
};

const protocols: Record<number, string> = {
  0: 'IP',
  1: 'ICMP',
  2: 'IGMP',
  6: 'TCP',
  17: 'UDP',
  58: 'ICMPV6',
  136: 'UDPLITE',
  255: 'RAW',
};

export function toStateName(state: number): string {
  return states[state] ?? String(state);
}

export function toFamilyName(family: number): string {
  return families[family] ?? (family === 0 ? '' : String(family));
}

export function toProtocolName(protocol: number): string {
  return protocols[protocol] ?? String(protocol);
}
