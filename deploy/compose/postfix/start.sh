#!/bin/sh
# Postfix with what this installation needs; the rest is Debian's default.
set -eu
# Debian's own line names loopback alone, and a named network is stronger than a style
postconf -X mynetworks
postconf -e \
    "myhostname=${RELAY_HOSTNAME}" \
    "inet_interfaces=all" \
    "mydestination=" \
    "mynetworks_style=subnet" \
    "relay_domains=${CAMPAIGN_INBOUND_DOMAIN}" \
    "transport_maps=inline:{{${CAMPAIGN_INBOUND_DOMAIN}=lmtp:inet:lmtp:2424}}" \
    "smtpd_relay_restrictions=reject_unauth_destination" \
    "smtp_tls_security_level=may" \
    "smtputf8_enable=yes" \
    "maillog_file=/dev/stdout"
# While the intake's container is stopped its name is gone too, and mail to an unknown host is returned at once:
# a reply from a customer waits instead
postconf -e 'lmtp_delivery_status_filter=regexp:{{/^5(\.4\.4 .*)/ 4$$1}}'
# Port 25 is open to the world, and the engine's proxy for IPv6, for the host itself and without root hands
# strangers in under an address of our own network: there nobody's mail goes on to others, whatever the address.
# What our workers send comes in here, at a port that is not published.
postconf -M "submission/inet=submission inet n - n - - smtpd"
postconf -P \
    "submission/inet/syslog_name=postfix/submission" \
    "submission/inet/smtpd_relay_restrictions=permit_mynetworks,reject"
# Debian locks most daemons into the spool folder, where only its init scripts put resolv.conf: without them
# no name is found there, and the container is lock enough
postconf -F "*/*/chroot=n"
exec postfix start-fg
