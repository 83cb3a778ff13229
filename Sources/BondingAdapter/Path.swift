internal import HTTP

/// The paths of API v3 that this adapter uses, below the base path; each ends with a slash, or a POST would fail.
enum Path {
    static let root: PathTemplate = "/v3/"
    static let bonds: PathTemplate = "/v3/bonds/"
    static let bond: PathTemplate = "/v3/bonds/{bond}/"
    static let downtimePrevented: PathTemplate = "/v3/bonds/{bond}/downtime_prevented/"
    static let restart: PathTemplate = "/v3/bonds/{bond}/restart/"
    static let detectLegMTUs: PathTemplate = "/v3/bonds/{bond}/detect_leg_mtus/"
    static let restorePrimary: PathTemplate = "/v3/bonds/{bond}/restore_to_primary_agg/"

    static let legs: PathTemplate = "/v3/bonds/{bond}/legs/"
    static let leg: PathTemplate = "/v3/bonds/{bond}/legs/{leg}/"
    static let legHistory: PathTemplate = "/v3/bonds/{bond}/legs/{leg}/state_history/"
    static let legMTU: PathTemplate = "/v3/bonds/{bond}/legs/{leg}/detect_mtus/"
    static let renew: PathTemplate = "/v3/bonds/{bond}/dhcp_legs/{leg}/renew/"
    static let legTuners: PathTemplate = "/v3/bonds/{bond}/legs/{leg}/tuners/"
    static let legTuner: PathTemplate = "/v3/bonds/{bond}/legs/{leg}/tuners/{tuner}/"

    static let connectedIPs: PathTemplate = "/v3/bonds/{bond}/connected_ips/"
    static let connectedIP: PathTemplate = "/v3/bonds/{bond}/connected_ips/{part}/"
    static let natIPs: PathTemplate = "/v3/bonds/{bond}/cpe_nat_ips/"
    static let natIP: PathTemplate = "/v3/bonds/{bond}/cpe_nat_ips/{part}/"
    static let routes: PathTemplate = "/v3/bonds/{bond}/routes/"
    static let route: PathTemplate = "/v3/bonds/{bond}/routes/{part}/"
    static let speedTests: PathTemplate = "/v3/bonds/{bond}/speedtests/"
    static let speedTest: PathTemplate = "/v3/bonds/{bond}/speedtests/{test}/"
    static let bondTuners: PathTemplate = "/v3/bonds/{bond}/tuners/"
    static let bondTuner: PathTemplate = "/v3/bonds/{bond}/tuners/{tuner}/"

    static let aggregators: PathTemplate = "/v3/aggregators/"
    static let aggregator: PathTemplate = "/v3/aggregators/{id}/"
    static let bondsPrimary: PathTemplate = "/v3/aggregators/{id}/bonds/"
    static let bondsSecondary: PathTemplate = "/v3/aggregators/{id}/bonds_secondary/"
    static let bondsCurrent: PathTemplate = "/v3/aggregators/{id}/bonds_current/"
    static let bonders: PathTemplate = "/v3/bonders/"
    static let bonder: PathTemplate = "/v3/bonders/{id}/"
    static let node: PathTemplate = "/v3/nodes/{id}/"
    static let qosProfile: PathTemplate = "/v3/qos/{id}/"
    static let qosBonds: PathTemplate = "/v3/qos/{id}/bonds/"

    static let spaces: PathTemplate = "/v3/spaces/"
    static let space: PathTemplate = "/v3/spaces/{id}/"
    static let statistics: PathTemplate = "/v3/spaces/{id}/statistics/{kind}/"

    static let configUpdates: PathTemplate = "/v3/system/status/configupdates/"
    static let systemDowntime: PathTemplate = "/v3/system/status/downtime_prevented/"
    static let bondingVersion: PathTemplate = "/v3/system/status/bondingversion/"
    static let repositories: PathTemplate = "/v3/system/status/repositories/"
    static let tlsInfo: PathTemplate = "/v3/system/status/tlsinfo/"
    static let failoverChecks: PathTemplate = "/v3/system/status/aggfailover/"
    static let backups: PathTemplate = "/v3/system/status/backups/"
    static let tasks: PathTemplate = "/v3/system/tasks/"
    static let createISOs: PathTemplate = "/v3/system/tasks/createisos/"
    static let versions: PathTemplate = "/v3/system/versions/"
    static let isos: PathTemplate = "/v3/system/isos/"

    /// What is read of a server that has v4 alone.
    enum V4 {
        static let login: PathTemplate = "/v4/login/"
        static let bonds: PathTemplate = "/v4/bonds/"
        static let bond: PathTemplate = "/v4/bonds/{bond}/"
        static let legs: PathTemplate = "/v4/legs/"
        static let aggregators: PathTemplate = "/v4/aggregators/"
        static let bonders: PathTemplate = "/v4/bonders/"
        static let spaces: PathTemplate = "/v4/spaces/"
    }

    /// Everything that may be read, and the one POST that reads: the login of v4.
    static let reads: [ReadDeclaration] =
        (gets + v4Gets).map { ReadDeclaration($0) } + asked.map { ReadDeclaration($0, method: .options) }
        + [ReadDeclaration(V4.login, method: .post)]

    private static let gets: [PathTemplate] =
        [
            root, bonds, bond, downtimePrevented, legs, leg, legHistory, legTuners, legTuner, connectedIPs,
            connectedIP, natIPs, natIP, routes, route, speedTests, speedTest, bondTuners, bondTuner,
            aggregators, aggregator, bondsPrimary, bondsSecondary, bondsCurrent, bonders, bonder, node,
            qosProfile, qosBonds, spaces, space, statistics, configUpdates, systemDowntime, bondingVersion,
            repositories, tlsInfo, failoverChecks, backups, tasks, versions, isos,
        ] + LegType.allCases.map(\.path)

    private static let v4Gets = [V4.bonds, V4.bond, V4.legs, V4.aggregators, V4.bonders, V4.spaces]

    /// Where is asked which methods, fields and words there are, before something is sent there.
    private static let asked: [PathTemplate] =
        [
            bonds, bond, restart, detectLegMTUs, restorePrimary, leg, legMTU, renew, legTuners, legTuner,
            connectedIPs, connectedIP, natIPs, natIP, routes, route, speedTests, bondTuners, bondTuner,
            space, spaces, createISOs,
        ] + LegType.allCases.map(\.path) + TuningAct.allCases.flatMap { [$0.ofBond, $0.ofLeg] }
}

/// The kinds of legs, each with a resource of its own for changes.
enum LegType: String, CaseIterable, Sendable {
    case dhcp, `static`, pppoe
    case mobile = "mobilebroadband"

    /// The leg as the server wants it changed; the generic resource is only for reading.
    var path: PathTemplate { PathTemplate("/v3/bonds/{bond}/\(rawValue)_legs/{leg}/") }

    /// The word for the operator.
    var title: String {
        switch self {
        case .dhcp: "DHCP"
        case .static: "static"
        case .pppoe: "PPPoE"
        case .mobile: "mobile broadband"
        }
    }

    /// Reads a `type`, whatever it is dressed in: `dhcp`, `DHCPLeg`, `mobile_broadband`.
    init?(_ word: some StringProtocol) {
        let letters = word.lowercased().filter(\.isLetter)
        guard let type = Self.allCases.first(where: { letters.hasPrefix($0.rawValue) }) else { return nil }
        self = type
    }
}

/// What can be done with a tuning that was started.
enum TuningAct: String, CaseIterable, Sendable {
    case accept, decline, cancel

    var ofBond: PathTemplate { PathTemplate("\(Path.bondTuner)\(rawValue)/") }
    var ofLeg: PathTemplate { PathTemplate("\(Path.legTuner)\(rawValue)/") }
}
