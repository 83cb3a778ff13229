/// How what panes, details and commands of Bonding use is reached, and the test that goes over HTTP for it.
extension Reach {
    static let bonding: [String: Reach] = [
        "GET /v3/": Reach("the probe", arrivingBonding),
        "GET /v3/nodes/{id}/": Reach("detail of a bonder", arrivingBonding),
        "GET /v3/aggregators/": Reach("pane devices; `get aggregators`", arrivingBonding),
        "GET /v3/aggregators/{id}/": Reach("detail of an aggregator", arrivingBonding),
        "GET /v3/aggregators/{id}/bonds/": Reach("detail of an aggregator", arrivingBonding),
        "GET /v3/aggregators/{id}/bonds_secondary/": Reach("detail of an aggregator", arrivingBonding),
        "GET /v3/aggregators/{id}/bonds_current/": Reach(
            "detail of an aggregator; the list of bonds where it does not say which aggregator each is on",
            arrivingBonding),
        "GET /v3/bonders/": Reach("pane devices; `get bonders`", arrivingBonding),
        "GET /v3/bonders/{id}/": Reach("detail of a bonder", arrivingBonding),
        "GET /v3/qos/{id}/": Reach("detail of a bond; detail of its QoS profile", arrivingBonding),
        "GET /v3/qos/{id}/bonds/": Reach("detail of a QoS profile", arrivingBonding),
        "GET /v3/bonds/": Reach(
            "pane bonds; legs in ports, derived alerts, counts of nodes and spaces; `get bonds`",
            arrivingBonding),
        "GET /v3/bonds/{bond}/": Reach(
            "detail of a bond; what is read before and after a command", arrivingBonding),
        "PATCH /v3/bonds/{bond}/": Reach(
            "`:` edit the bond",
            "Bonding over HTTP: commands / bonds, legs and spaces are edited by what differs, and another's change stops it"
        ),
        "GET /v3/bonds/{bond}/downtime_prevented/": Reach(
            "detail of a bond; a column for bonds that are looked at", arrivingBonding),
        "POST /v3/bonds/{bond}/restart/": Reach(
            "`X`: restart the bond",
            "Bonding over HTTP: commands / a restart is one POST, and is verified by what is seen after it"),
        "POST /v3/bonds/{bond}/detect_leg_mtus/": Reach(
            "`:` detect MTU, on a bond",
            "Bonding over HTTP: commands / DHCP is renewed and MTUs are detected, of a leg and of a bond"),
        "POST /v3/bonds/{bond}/restore_to_primary_agg/": Reach(
            "`:` restore to the primary aggregator",
            "Bonding over HTTP: commands / a failed-over bond goes back to its primary; the server's refusal is told in its words"
        ),
        "GET /v3/bonds/{bond}/legs/": Reach("detail of a bond; legs that are looked at", arrivingBonding),
        "GET /v3/bonds/{bond}/legs/{leg}/": Reach("detail of a leg", arrivingBonding),
        "POST /v3/bonds/{bond}/legs/{leg}/detect_mtus/": Reach(
            "`:` detect MTU, on a leg",
            "Bonding over HTTP: commands / DHCP is renewed and MTUs are detected, of a leg and of a bond"),
        "GET /v3/bonds/{bond}/legs/{leg}/state_history/": Reach(
            "the strips in details; since when a leg is down; timeline (`t`) of a leg, bond, alert",
            arrivingBonding),
        "GET /v3/bonds/{bond}/dhcp_legs/{leg}/": Reach("detail of a leg", arrivingBonding),
        "PATCH /v3/bonds/{bond}/dhcp_legs/{leg}/": Reach(
            "`:` link mode of the leg; edit the leg",
            "Bonding over HTTP: commands / a leg is set aside on its own type's resource, the last one only after more than a key"
        ),
        "POST /v3/bonds/{bond}/dhcp_legs/{leg}/renew/": Reach(
            "`:` renew DHCP",
            "Bonding over HTTP: commands / DHCP is renewed and MTUs are detected, of a leg and of a bond"),
        "GET /v3/bonds/{bond}/static_legs/{leg}/": Reach("detail of a leg", arrivingBonding),
        "PATCH /v3/bonds/{bond}/static_legs/{leg}/": Reach(
            "`:` link mode of the leg; edit the leg",
            "Bonding over HTTP: commands / bonds, legs and spaces are edited by what differs, and another's change stops it"
        ),
        "GET /v3/bonds/{bond}/pppoe_legs/{leg}/": Reach("detail of a leg", arrivingBonding),
        "PATCH /v3/bonds/{bond}/pppoe_legs/{leg}/": Reach(
            "`:` link mode of the leg; edit the leg",
            "Bonding over HTTP: commands / a leg is set aside on its own type's resource, the last one only after more than a key"
        ),
        "GET /v3/bonds/{bond}/mobilebroadband_legs/{leg}/": Reach("detail of a leg", arrivingBonding),
        "PATCH /v3/bonds/{bond}/mobilebroadband_legs/{leg}/": Reach(
            "`:` link mode of the leg; edit the leg",
            "Bonding over HTTP: commands / a leg is set aside on its own type's resource, the last one only after more than a key"
        ),
        "GET /v3/bonds/{bond}/connected_ips/": Reach("detail of a bond", arrivingBonding),
        "POST /v3/bonds/{bond}/connected_ips/": Reach(
            "`:` add a connected IP",
            "Bonding over HTTP: commands / addresses and routes are added, switched, edited and deleted, and read back each time"
        ),
        "GET /v3/bonds/{bond}/connected_ips/{part}/": Reach("detail of a connected IP", arrivingBonding),
        "PATCH /v3/bonds/{bond}/connected_ips/{part}/": Reach(
            "`:` enable, disable, edit a connected IP, in its detail",
            "Bonding over HTTP: commands / addresses and routes are added, switched, edited and deleted, and read back each time"
        ),
        "DELETE /v3/bonds/{bond}/connected_ips/{part}/": Reach(
            "`:` delete a connected IP, in its detail",
            "Bonding over HTTP: commands / addresses and routes are added, switched, edited and deleted, and read back each time"
        ),
        "GET /v3/bonds/{bond}/cpe_nat_ips/": Reach("detail of a bond", arrivingBonding),
        "POST /v3/bonds/{bond}/cpe_nat_ips/": Reach(
            "`:` add a CPE NAT IP",
            "Bonding over HTTP: commands / addresses and routes are added, switched, edited and deleted, and read back each time"
        ),
        "GET /v3/bonds/{bond}/cpe_nat_ips/{part}/": Reach("detail of a CPE NAT IP", arrivingBonding),
        "PATCH /v3/bonds/{bond}/cpe_nat_ips/{part}/": Reach(
            "`:` enable, disable, edit a CPE NAT IP, in its detail",
            "Bonding over HTTP: commands / addresses and routes are added, switched, edited and deleted, and read back each time"
        ),
        "DELETE /v3/bonds/{bond}/cpe_nat_ips/{part}/": Reach(
            "`:` delete a CPE NAT IP, in its detail",
            "Bonding over HTTP: commands / addresses and routes are added, switched, edited and deleted, and read back each time"
        ),
        "GET /v3/bonds/{bond}/routes/": Reach("detail of a bond", arrivingBonding),
        "POST /v3/bonds/{bond}/routes/": Reach(
            "`:` add a route",
            "Bonding over HTTP: commands / addresses and routes are added, switched, edited and deleted, and read back each time"
        ),
        "GET /v3/bonds/{bond}/routes/{part}/": Reach("detail of a route", arrivingBonding),
        "PATCH /v3/bonds/{bond}/routes/{part}/": Reach(
            "`:` enable, disable, edit a route, in its detail",
            "Bonding over HTTP: commands / addresses and routes are added, switched, edited and deleted, and read back each time"
        ),
        "DELETE /v3/bonds/{bond}/routes/{part}/": Reach(
            "`:` delete a route, in its detail",
            "Bonding over HTTP: commands / addresses and routes are added, switched, edited and deleted, and read back each time"
        ),
        "GET /v3/bonds/{bond}/speedtests/": Reach("detail of a bond", arrivingBonding),
        "POST /v3/bonds/{bond}/speedtests/": Reach(
            "`:` speed test of a leg, of a bond",
            "Bonding over HTTP: commands / speed tests of a leg and of a bond are followed to their end"),
        "GET /v3/bonds/{bond}/speedtests/{test}/": Reach(
            "detail of a speed test; followed by the command", arrivingBonding),
        "GET /v3/bonds/{bond}/tuners/": Reach("detail of a bond", arrivingBonding),
        "POST /v3/bonds/{bond}/tuners/": Reach(
            "`:` tune a bond",
            "Bonding over HTTP: commands / a tuning is started, followed, and decided on once"),
        "GET /v3/bonds/{bond}/tuners/{tuner}/": Reach(
            "detail of a tuning; followed by the command", arrivingBonding),
        "POST /v3/bonds/{bond}/tuners/{tuner}/cancel/": Reach(
            "`:` cancel a tuning",
            "Bonding: tunings / a tuning of a bond is cancelled, that of a leg is accepted and declined"),
        "POST /v3/bonds/{bond}/tuners/{tuner}/accept/": Reach(
            "`:` accept a tuning",
            "Bonding over HTTP: commands / a tuning is started, followed, and decided on once"),
        "POST /v3/bonds/{bond}/tuners/{tuner}/decline/": Reach(
            "`:` decline a tuning",
            "Bonding over HTTP: commands / a tuning is started, followed, and decided on once"),
        "GET /v3/bonds/{bond}/legs/{leg}/tuners/": Reach("detail of a leg", arrivingBonding),
        "POST /v3/bonds/{bond}/legs/{leg}/tuners/": Reach(
            "`:` tune a leg",
            "Bonding over HTTP: commands / a tuning of a leg is cancelled while it runs, and cannot be cancelled twice"
        ),
        "GET /v3/bonds/{bond}/legs/{leg}/tuners/{tuner}/": Reach(
            "detail of a tuning; followed by the command", arrivingBonding),
        "POST /v3/bonds/{bond}/legs/{leg}/tuners/{tuner}/cancel/": Reach(
            "`:` cancel a tuning",
            "Bonding over HTTP: commands / a tuning of a leg is cancelled while it runs, and cannot be cancelled twice"
        ),
        "POST /v3/bonds/{bond}/legs/{leg}/tuners/{tuner}/accept/": Reach(
            "`:` accept a tuning",
            "Bonding: tunings / a tuning of a bond is cancelled, that of a leg is accepted and declined"),
        "POST /v3/bonds/{bond}/legs/{leg}/tuners/{tuner}/decline/": Reach(
            "`:` decline a tuning",
            "Bonding: tunings / a tuning of a bond is cancelled, that of a leg is accepted and declined"),
        "GET /v3/spaces/": Reach("pane customers; `get spaces`", arrivingBonding),
        "GET /v3/spaces/{id}/": Reach("detail of a space", arrivingBonding),
        "PATCH /v3/spaces/{id}/": Reach(
            "`:` edit the space",
            "Bonding over HTTP: commands / bonds, legs and spaces are edited by what differs, and another's change stops it"
        ),
        "GET /v3/spaces/{id}/statistics/users/": Reach("detail of a space", arrivingBonding),
        "GET /v3/spaces/{id}/statistics/bonds/": Reach("detail of a space", arrivingBonding),
        "GET /v3/spaces/{id}/statistics/qos_profiles/": Reach("detail of a space", arrivingBonding),
        "GET /v3/spaces/{id}/statistics/speed_tests/": Reach("detail of a space", arrivingBonding),
        "GET /v3/spaces/{id}/statistics/aggregators/": Reach("detail of a space", arrivingBonding),
        "GET /v3/spaces/{id}/statistics/connected_ips/": Reach("detail of a space", arrivingBonding),
        "GET /v3/spaces/{id}/statistics/routes/": Reach("detail of a space", arrivingBonding),
        "GET /v3/spaces/{id}/statistics/cpe_nat_ips/": Reach("detail of a space", arrivingBonding),
        "GET /v3/spaces/{id}/statistics/legs/": Reach("detail of a space", arrivingBonding),
        "GET /v3/spaces/{id}/statistics/bonders/": Reach("detail of a space", arrivingBonding),
        "GET /v3/system/status/configupdates/": Reach(
            "alert “Configuration updates failing”; what is said after each change", arrivingBonding),
        "GET /v3/system/status/downtime_prevented/": Reach("detail of the system", arrivingBonding),
        "GET /v3/system/status/bondingversion/": Reach("detail of the system", arrivingBonding),
        "GET /v3/system/status/repositories/": Reach("detail of the system", arrivingBonding),
        "GET /v3/system/status/tlsinfo/": Reach("detail of the system", arrivingBonding),
        "GET /v3/system/status/aggfailover/": Reach("detail of the system", arrivingBonding),
        "GET /v3/system/status/backups/": Reach("detail of the system", arrivingBonding),
        "GET /v3/system/tasks/": Reach("detail of the system", arrivingBonding),
        "POST /v3/system/tasks/createisos/": Reach(
            "`:` make provisioning ISOs",
            "Bonding over HTTP: commands / new ISOs are queued, and queued is not called done"),
        "GET /v3/system/versions/": Reach("pane devices: the system; the probe", arrivingBonding),
        "GET /v3/system/isos/": Reach("detail of the system", arrivingBonding),
    ]

    private static let arrivingBonding =
        "Coverage of Bonding's API / every path that is read arrives at a server of either shape of lists"
}
