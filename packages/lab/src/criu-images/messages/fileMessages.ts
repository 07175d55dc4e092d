import type { MessageTable } from './MessageTable';

/** What CRIU writes about open files and sockets: images/fdinfo.proto, regfile.proto, pipe.proto, sk-inet.proto ... of CRIU 4.2. */
export const fileMessages: MessageTable = {
  fdinfo_entry: `
    1 id uint32, 2 flags uint32, 3 type uint32, 4 fd uint32`,
  file_entry: `
    1 type uint32, 2 id uint32, 3 reg reg_file_entry, 4 isk inet_sk_entry, 18 pipe pipe_entry`,
  reg_file_entry: `
    1 id uint32, 2 flags uint32, 3 pos uint64, 5 fown fown_entry, 6 name string,
    7 mnt_id sint32, 8 size uint64, 10 mode uint32, 11 build_id uint32[]`,
  fown_entry: `
    1 uid uint32, 2 euid uint32, 3 signum uint32, 4 pid_type uint32, 5 pid uint32`,
  pipe_entry: `
    1 id uint32, 2 pipe_id uint32, 3 flags uint32, 4 fown fown_entry`,
  inet_sk_entry: `
    1 id uint32, 2 ino uint32, 3 family uint32, 4 type uint32, 5 proto uint32, 6 state uint32,
    7 src_port uint32, 8 dst_port uint32, 9 flags uint32, 10 backlog uint32,
    11 src_addr uint32[], 12 dst_addr uint32[], 13 fown fown_entry, 14 opts sk_opts_entry,
    16 ip_opts ip_opts_entry, 18 ns_id uint32, 19 shutdown uint32, 20 tcp_opts tcp_opts_entry`,
  sk_opts_entry: `
    1 so_sndbuf uint32, 2 so_rcvbuf uint32, 3 so_snd_tmo_sec uint64, 4 so_snd_tmo_usec uint64,
    5 so_rcv_tmo_sec uint64, 6 so_rcv_tmo_usec uint64, 7 reuseaddr bool, 8 so_priority uint32,
    9 so_rcvlowat uint32, 13 so_dontroute bool,
    14 so_no_check bool, 17 so_reuseport bool, 18 so_broadcast bool, 19 so_keepalive bool,
    23 so_oobinline uint32, 25 so_buf_lock uint32`,
  ip_opts_entry: `
    1 freebind bool, 5 pktinfo bool, 6 tos uint32, 7 ttl uint32`,
  tcp_opts_entry: `
    1 cork bool, 2 nodelay bool, 3 keepcnt uint32, 4 keepidle uint32, 5 keepintvl uint32`,
  tcp_stream_entry: `
    1 inq_len uint32, 2 inq_seq uint32, 3 outq_len uint32, 4 outq_seq uint32, 5 opt_mask uint32,
    6 snd_wscale uint32, 7 mss_clamp uint32, 8 rcv_wscale uint32, 9 timestamp uint32,
    12 unsq_len uint32, 13 snd_wl1 uint32, 14 snd_wnd uint32, 15 max_window uint32,
    16 rcv_wnd uint32, 17 rcv_wup uint32`,
};
