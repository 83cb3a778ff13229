internal import HTTP

/// Those who can log in at a bonding server: everybody may see and do something else.
public enum BondingAccount: String, Sendable, CaseIterable {
    /// May do everything.
    case administrator
    /// Reads all, changes nothing.
    case viewer
    /// Sees bonds with all that is part of them and acts on them; no aggregators, nodes, people or system.
    case bondAdministrator
    /// Sees and does what a bond administrator does, in one customer's space; what is outside is not there.
    case customer

    /// The e-mail address with which one logs in.
    public var user: String {
        switch self {
        case .administrator: "noc@example.net"
        case .viewer: "viewer@example.net"
        case .bondAdministrator: "bonds@example.net"
        case .customer: "acme@example.net"
        }
    }

    /// The password at a server of these tokens.
    public func password(_ tokens: Tokens) -> String {
        switch self {
        case .administrator: tokens.admin
        case .viewer: tokens.readOnly
        case .bondAdministrator: tokens.readOnly + "-bonds"
        case .customer: tokens.readOnly + "-acme"
        }
    }

    /// The token of version 4 of the API, which a login with the password gives.
    func token(_ tokens: Tokens) -> String {
        let noise = Noise(
            seed: password(tokens).utf8.reduce(0xcbf2_9ce4) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 })
        return (0..<3).map { String(noise.bits(.words, $0) | 1 << 63, radix: 16) }.joined()
    }

    // MARK: Rights

    /// A part of the API that one may or may not see.
    enum Area: Sendable {
        /// Bonds, legs, addresses, routes, tests, tunings.
        case bonds
        /// What bonds refer to: bonders, QoS and mobile profiles, spaces.
        case context
        /// Aggregators and nodes, IP allocations.
        case network
        /// Users, groups, permissions.
        case people
        case system
    }

    var isOfCustomer: Bool { self == .customer }

    func mayRead(_ area: Area) -> Bool {
        switch self {
        case .administrator, .viewer: true
        case .bondAdministrator, .customer: area == .bonds || area == .context
        }
    }

    func mayChange(_ area: Area) -> Bool {
        switch self {
        case .administrator: true
        case .viewer: false
        case .bondAdministrator, .customer: area == .bonds
        }
    }

    /// The number of the group in which the account is.
    var group: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }

    var title: String { Self.groups[min(group, Self.groups.count) - 1].name }

    static let groups: [(name: String, permissions: [String])] = [
        ("Administrator", permissions.map(\.code)),
        ("View", permissions.map(\.code).filter { $0.contains(".view_") }),
        ("Bond admin", permissions.map(\.code).filter { $0.hasPrefix("bonds.") }),
        ("Customer", permissions.map(\.code).filter { $0.hasPrefix("bonds.") }),
    ]

    static let permissions: [(code: String, name: String)] = [
        ("bonds", "bond"), ("bonds", "leg"), ("bonds", "connectedip"), ("bonds", "cpenatip"),
        ("bonds", "route"), ("bonds", "speedtest"), ("bonds", "tuner"), ("nodes", "aggregator"),
        ("nodes", "bonder"), ("qos", "qosprofile"), ("ipam", "ipallocation"),
        ("mobile", "mobileproviderprofile"), ("spaces", "space"), ("accounts", "user"), ("auth", "group"),
        ("system", "setting"),
    ].flatMap { app, model in
        ["add", "change", "delete", "view"].map { verb in
            ("\(app).\(verb)_\(model)", "Can \(verb) \(model)")
        }
    }
}

extension BondingAccount {
    /// Whose credentials a request carries; nil when they are nobody's, or there are none.
    init?(_ request: Request, tokens: Tokens, takesTokens: Bool) {
        guard let header = request.headers["authorization"] else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let found: BondingAccount?
        switch parts[0].lowercased() {
        case "basic":
            found = Self.allCases.first {
                Base64.text(Array("\($0.user):\($0.password(tokens))".utf8)) == parts[1]
            }
        case "token" where takesTokens:
            found = Self.allCases.first { $0.token(tokens) == parts[1] }
        default: found = nil
        }
        guard let found else { return nil }
        self = found
    }
}
