import Synchronization

/// What a bonding server has written down: everything that people may change, and when they did what.
///
/// What happens by itself is not in here; that is a function of the tick.
struct BondBook: Sendable {
    /// The kinds of objects that the server keeps.
    enum Kind: String, Sendable, CaseIterable {
        case space, aggregator, bonder, bond, leg, qos, connectedIP, natIP, route, speedTest, tuner
        case allocation, assignment, mobileProfile, user, group
    }

    /// One object: the fields that can be written, as they were last written.
    struct Record: Sendable {
        let id: Int
        /// The number of the object that it is part of: of a leg its bond; 0 when it stands alone.
        let owner: Int
        /// The tick at which it was made; the past for what was there when the world began.
        let madeAt: Int
        /// The circuit that a leg runs over, by its place in the network.
        var circuit: Int?
        /// The device that an aggregator runs on, by its place in the network.
        var device: Int?
        var fields: [String: Input]

        func number(_ field: String) -> Int? { fields[field]?.integer }
        func text(_ field: String) -> String { fields[field]?.text ?? "" }
        func flag(_ field: String) -> Bool { fields[field]?.flag ?? false }
    }

    /// All objects of one kind, by number and by owner.
    struct Table: Sendable {
        private(set) var records: [Int: Record] = [:]
        private(set) var ids: [Int] = []
        private(set) var ofOwner: [Int: [Int]] = [:]
        fileprivate(set) var lastID = 0

        subscript(id: Int) -> Record? { records[id] }
        var all: [Record] { ids.compactMap { records[$0] } }
        var count: Int { ids.count }

        func all(of owner: Int) -> [Record] { (ofOwner[owner] ?? []).compactMap { records[$0] } }

        fileprivate mutating func insert(_ record: Record) {
            if records.updateValue(record, forKey: record.id) == nil {
                ids.append(record.id)
                ofOwner[record.owner, default: []].append(record.id)
            }
            lastID = max(lastID, record.id)
        }

        fileprivate mutating func write(_ values: [String: Input], to id: Int) {
            records[id]?.fields.merge(values) { $1 }
        }

        fileprivate mutating func remove(_ id: Int) {
            guard let record = records.removeValue(forKey: id) else { return }
            ids.removeAll { $0 == id }
            ofOwner[record.owner]?.removeAll { $0 == id }
        }
    }

    private var tables: [Kind: Table] = [:]
    var settings: [String: Input] = [:]
    /// What was done, and when.
    var operations = Operations()

    subscript(kind: Kind) -> Table { tables[kind] ?? Table() }

    /// What people did that does not stand in a field.
    struct Operations: Sendable {
        /// The ticks at which each bond was restarted, oldest first.
        var restarts: [Int: [Int]] = [:]
        /// The ticks at which each bond was moved back to its primary aggregator.
        var restores: [Int: [Int]] = [:]
        /// The link modes that each leg had before: until when, and which.
        var earlierModes: [Int: [(until: Int, mode: String)]] = [:]
        /// The ticks at which each leg asked for a new address.
        var renewals: [Int: [Int]] = [:]
        /// The ticks at which the path of each leg was last measured.
        var measures: [Int: Int] = [:]
        /// Changes that were sent to a node, by node.
        var updates: [Int: [Int]] = [:]
        /// The ticks at which tasks of the system were queued.
        var tasks: [Int] = []
    }

    // MARK: Changes

    /// The number that the next object gets; bonders and aggregators are both nodes, and share theirs.
    private func nextID(_ kind: Kind) -> Int {
        let isNode = kind == .aggregator || kind == .bonder
        return (isNode ? max(self[.aggregator].lastID, self[.bonder].lastID) : self[kind].lastID) + 1
    }

    @discardableResult
    mutating func insert(
        _ kind: Kind, owner: Int = 0, at tick: Int, _ fields: [String: Input], circuit: Int? = nil,
        device: Int? = nil
    ) -> Record {
        let record = Record(
            id: nextID(kind), owner: owner, madeAt: tick, circuit: circuit, device: device, fields: fields)
        tables[kind, default: Table()].insert(record)
        return record
    }

    mutating func write(_ kind: Kind, _ id: Int, _ values: [String: Input], at tick: Int) {
        if kind == .leg, let mode = values["link_mode"], let old = self[.leg][id]?.fields["link_mode"],
            mode != old, let word = old.text
        {
            operations.earlierModes[id, default: []].append((tick, word))
        }
        tables[kind, default: Table()].write(values, to: id)
    }

    /// Removes an object and all that is part of it.
    mutating func remove(_ kind: Kind, _ id: Int) {
        if kind == .bond {
            for part in [Kind.leg, .connectedIP, .natIP, .route, .speedTest, .tuner, .bonder] {
                for record in self[part].all(of: id) { tables[part, default: Table()].remove(record.id) }
            }
        }
        if kind == .allocation {
            for record in self[.assignment].all(of: id) {
                tables[.assignment, default: Table()].remove(record.id)
            }
        }
        tables[kind, default: Table()].remove(id)
    }

    /// The link mode that a leg had at a tick.
    func linkMode(of leg: Record, at tick: Int) -> String {
        if let earlier = operations.earlierModes[leg.id]?.first(where: { tick < $0.until }) {
            return earlier.mode
        }
        return leg.text("link_mode")
    }
}

extension World {
    /// The book as it is now; it is laid out when somebody first asks.
    var bonds: BondBook { changeBonds { $0 } }

    /// Changes the book; nobody changes it meanwhile.
    func changeBonds<Result: Sendable>(_ change: (inout BondBook) -> Result) -> Result {
        bondBook.withLock { book in
            var present = book ?? BondPlan(self).laid()
            // The one in the world must let go, or every change would copy whole tables.
            book = nil
            defer { book = present }
            return change(&present)
        }
    }
}
