#!/bin/sh
# Postfix with what this installation needs; the rest is Debian's default.
set -eu
postconf -e \
    "myhostname=${RELAY_HOSTNAME}" \
    "inet_interfaces=all" \
    "mydestination=" \
    "mynetworks=127.0.0.0/8 172.16.0.0/12 10.0.0.0/8" \
    "relay_domains=${CAMPAIGN_INBOUND_DOMAIN}" \
    "transport_maps=inline:{{${CAMPAIGN_INBOUND_DOMAIN}=lmtp:inet:lmtp:2424}}" \
    "smtp_tls_security_level=may" \
    "smtputf8_enable=yes" \
    "maillog_file=/dev/stdout"
# Debian locks most daemons into the spool folder, where only its init scripts put resolv.conf: without them
# no name is found there, and the container is lock enough
postconf -F "*/*/chroot=n"
exec postfix start-fg
