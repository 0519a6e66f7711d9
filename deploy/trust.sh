#!/bin/sh
# Trust the issuer of the signing keys from now on, as root:  deploy/trust.sh CA.PEM [/etc/portal/answers]
# The issuer of earlier years stays trusted for what was signed then: its certificate goes into anchors/.
set -eu
. "$(dirname "$0")/steps.sh"
[ $# -ge 1 ] || stop "Say which file: deploy/trust.sh CA.PEM"
new=$1
shift
answers "$@"
openssl x509 -in "$new" -noout || stop "$new holds no certificate in PEM form."
now=$STATE/trust/ca.pem
if [ -e "$now" ] && ! cmp -s "$new" "$now"; then
    print=$(openssl x509 -in "$now" -noout -fingerprint -sha256 | sed 's/.*=//; s/://g')
    mv "$now" "$STATE/trust/anchors/$print.pem"
    chmod 0644 "$STATE/trust/anchors/$print.pem"
fi
install -m 0644 "$new" "$now"
say "trusted: $(openssl x509 -in "$now" -noout -subject -enddate | tr '\n' ' ')"
