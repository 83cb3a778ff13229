internal import Domain

/// What one adapter remembers of its server between refreshes: what rows are joined with, and how far it looked.
struct Memory {
    /// Nil until the server was probed.
    var version: Version?
    /// The token of a server that has v4 alone.
    var token: String?
    /// The bonds of the last list by their number.
    var bonds: [String: WireBond] = [:]
    /// Whose leg each leg is.
    var owners: [String: String] = [:]
    /// What only a request per bond tells of a leg, with when it was read.
    var legs: [String: (leg: WireLeg, at: Timestamp)] = [:]
    /// What aggregators are called, and how they are.
    var aggregators = Aggregators()
    /// Bonds that had legs and were listed without any the last time: the next list decides.
    private var emptied: Set<String> = []
    /// The spaces of the last list; nil until it was read, and after a command.
    var spaces: Spaces?
    /// What the bonds' own resource says of prevented downtime, for those that were looked at.
    var prevented: [String: Prevented] = [:]
    /// When the troubles that hold began.
    var troubleStarts = TroubleStarts()
    /// What was wrong when it was last looked at.
    var troubles: [String: Trouble] = [:]
    /// The last count of configuration updates, with when it was read.
    var updates: (counts: ConfigUpdates, at: Timestamp)?
    /// The same as it was before something was sent.
    var updatesBefore: [EntityRef: ConfigUpdates] = [:]
    /// How bonds were before they were restarted.
    var restarts: [String: BeforeRestart] = [:]
    /// What was read before other commands.
    var before: [EntityRef: Before] = [:]
    /// What may be done where, by template.
    var rights: [String: Rights] = [:]

    /// How old the states of legs may be that take a request per bond, in seconds.
    private static let legLifetime: Int64 = 300

    /// The spaces, with when they were read, and asked for.
    struct Spaces: Sendable {
        let rows: [WireSpace]
        let names: [String: String]
        let readAt: Timestamp
        var askedAt: Timestamp

        init(_ rows: [WireSpace], readAt: Timestamp) {
            self.rows = rows
            self.readAt = readAt
            askedAt = readAt
            names = Dictionary(rows.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// Which API the server has.
    enum Version: Sendable, Equatable {
        case three
        /// v3 is gone.
        case four
    }

    /// A list of bonds with doubts where legs that there were are gone all at once: that is more often a server in
    /// trouble than the truth, so that one such list leaves them unknown and a second is believed.
    mutating func doubting(_ list: [WireBond]) -> [WireBond] {
        var doubted: Set<String> = []
        let made = list.map { bond in
            guard bond.legs?.isEmpty == true, !emptied.contains(bond.id),
                bonds[bond.id]?.legs?.isEmpty == false
            else { return bond }
            doubted.insert(bond.id)
            var bond = bond
            bond.legs = nil
            bond.areLegsDoubted = true
            return bond
        }
        emptied = doubted
        return made
    }

    /// Takes a whole list of bonds.
    mutating func take(_ list: [WireBond]) {
        bonds = Dictionary(list.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var owners: [String: String] = [:]
        for bond in list { for leg in bond.legs ?? [] { owners[leg.id] = bond.id } }
        // Legs that only a request per bond tells of stay with their bond.
        for (id, known) in legs where owners[id] == nil {
            if bonds[known.leg.bond]?.legs == nil, bonds[known.leg.bond] != nil {
                owners[id] = known.leg.bond
            } else {
                legs[id] = nil
            }
        }
        self.owners = owners
        prevented = prevented.filter { bonds[$0.key] != nil }
    }

    /// Takes one bond that was read by itself.
    mutating func take(_ bond: WireBond) {
        bonds[bond.id] = bond
        for leg in bond.legs ?? [] { owners[leg.id] = bond.id }
    }

    /// Takes the legs of one bond that were read by themselves.
    mutating func take(_ found: [WireLeg], of bond: String, at now: Timestamp) {
        for leg in found {
            owners[leg.id] = bond
            legs[leg.id] = (leg, now)
        }
        let now = Set(found.map(\.id))
        for (id, owner) in owners where owner == bond && !now.contains(id) {
            owners[id] = nil
            legs[id] = nil
        }
    }

    /// The legs of a bond with all that is known of them; nil where no answer had them yet.
    func legs(of bond: WireBond) -> [WireLeg]? {
        if let listed = bond.legs {
            return listed.map { leg in
                var leg = leg
                leg.complete(from: legs[leg.id]?.leg)
                return leg
            }
        }
        if bond.areLegsDoubted { return nil }
        let known = legs.values.filter { $0.leg.bond == bond.id }.map(\.leg)
        return known.isEmpty ? nil : known.sorted { ($0.id.utf8.count, $0.id) < ($1.id.utf8.count, $1.id) }
    }

    /// Whether the legs of a bond were read lately, so that their states are those of now.
    func hasLegs(of bond: WireBond, at now: Timestamp) -> Bool {
        if bond.legs != nil { return true }
        if bond.areLegsDoubted { return false }
        let ages = legs.values.filter { $0.leg.bond == bond.id }.map { now.seconds - $0.at.seconds }
        return ages.max().map { $0 <= Self.legLifetime } ?? false
    }

    /// How a bond is, by all that is known of its legs and of the aggregator that it ends at.
    func health(of bond: WireBond, at now: Timestamp) -> BondHealth {
        BondHealth(
            legs(of: bond), on: aggregators.aggregatorState(of: bond, at: now, isFour: version == .four))
    }

    /// What an aggregator is called.
    func name(ofAggregator reference: Reference) -> String {
        reference.name ?? aggregators.nodes?[reference.id]?.name
            ?? "aggregator \(Cleaning.clean(reference.id))"
    }

    /// What a space is called.
    ///
    /// - Parameter key: what the server calls it inside, where it says that.
    func name(ofSpace reference: Reference, key: String? = nil) -> String {
        reference.name ?? spaces?.names[reference.id] ?? key ?? "space \(Cleaning.clean(reference.id))"
    }

    /// What a bond is called.
    func name(ofBond id: String) -> String { bonds[id]?.name ?? "bond \(Cleaning.clean(id))" }
}
