/// Making, changing and deleting objects, the same for every resource.
extension BondingCall {
    /// `POST` on a collection; `preset` is what the path says already.
    func create(_ resource: BondingResource, owner: Int = 0, preset: [String: Input] = [:]) -> Reply {
        let given: [String: Input]
        switch BondingBody(request) {
        case .refused(let reply): return reply
        case .fields(let fields): given = fields
        }
        var (taken, complaints) = check(given, resource, old: nil, isWhole: true)
        for field in resource.fields where field.isWritable && taken[field.name] == nil {
            guard let usual = field.usual else { continue }
            if case .space = field.content {
                // Who says nothing makes it where he is at home.
                taken[field.name] = .number(String(home))
            } else {
                taken[field.name] = usual
            }
        }
        taken.merge(resource.extra) { $1 }
        taken.merge(preset) { $1 }
        complaints += further(taken, given, resource, old: nil, owner: owner, complaints)
        guard complaints.isEmpty else { return refused(complaints) }
        let tick = view.tick
        let fields = taken
        let record = view.world.world.changeBonds { book in
            let record = book.insert(resource.kind, owner: owner, at: tick, fields)
            book.follow(record, resource.kind, at: tick)
            return record
        }
        return show(resource, record.id, status: 201)
    }

    /// `PUT` and `PATCH` on an object.
    func update(_ resource: BondingResource, _ record: BondBook.Record) -> Reply {
        let given: [String: Input]
        switch BondingBody(request) {
        case .refused(let reply): return reply
        case .fields(let fields): given = fields
        }
        if let reason = lock(resource.kind, record) { return refused(reason) }
        let isWhole = request.method == "PUT"
        var (taken, complaints) = check(given, resource, old: record, isWhole: isWhole)
        complaints += further(
            record.fields.merging(taken) { $1 }, given, resource, old: record, owner: record.owner, complaints
        )
        guard complaints.isEmpty else { return refused(complaints) }
        let tick = view.tick
        let fields = taken
        view.world.world.changeBonds { book in
            book.write(resource.kind, record.id, fields, at: tick)
            book.queueUpdate(for: record, resource.kind, at: tick)
        }
        return show(resource, record.id, status: 200)
    }

    /// `DELETE` on an object.
    func delete(_ kind: BondBook.Kind, _ record: BondBook.Record) -> Reply {
        if let reason = lock(kind, record) { return refused(reason) }
        if let reason = view.book.user(of: kind, record.id) { return refused(reason) }
        let tick = view.tick
        view.world.world.changeBonds { book in
            book.queueUpdate(for: record, kind, at: tick)
            book.remove(kind, record.id)
        }
        return Reply(status: 204)
    }

    /// An object as it is after a change.
    func show(_ resource: BondingResource, _ id: Int, status: Int) -> Reply {
        let view = BondView(view.world.world)
        guard let record = view.book[resource.kind][id] else { return notFound }
        let row = BondingRow(kind: resource.kind, record: record, view: view, links: links)
        var reply = json(status, resource.object(row))
        if status == 201, case .text(let url) = row.url { reply.headers.append(("Location", url)) }
        return reply
    }

    /// The space of who asks.
    private var home: Int {
        view.book[.user].all.first { $0.text("email") == account.user }?.number("space") ?? BondPlan.rootSpace
    }

    // MARK: Checking

    /// What is taken of what was given, field by field; what is not known is ignored.
    private func check(
        _ given: [String: Input], _ resource: BondingResource, old: BondBook.Record?, isWhole: Bool
    ) -> (taken: [String: Input], complaints: [(field: String, words: String)]) {
        var taken: [String: Input] = [:]
        var complaints: [(field: String, words: String)] = []
        for field in resource.fields where field.isWritable {
            guard let input = given[field.name] else {
                if isWhole, field.isRequired { complaints.append((field.name, "This field is required.")) }
                continue
            }
            switch field.check(input, exists: exists) {
            case .refused(let words): complaints.append((field.name, words))
            case .taken(let value):
                if let words = field.uniqueComplaint,
                    view.book[resource.kind].all.contains(where: {
                        $0.id != old?.id && $0.fields[field.name] == value
                    })
                {
                    complaints.append((field.name, words))
                } else {
                    taken[field.name] = value
                }
            }
        }
        return (taken, complaints)
    }

    private func exists(_ kind: BondBook.Kind, _ id: Int) -> Bool {
        guard let record = view.book[kind][id] else { return false }
        // Bonds of a child space are on aggregators of the root; those may be named, though not seen.
        return kind == .aggregator || kind == .qos || sees(kind, record)
    }

    /// What is judged once every field by itself is right.
    private func further(
        _ fields: [String: Input], _ given: [String: Input], _ resource: BondingResource,
        old: BondBook.Record?, owner: Int, _ complaints: [(field: String, words: String)]
    ) -> [(field: String, words: String)] {
        guard complaints.isEmpty else { return [] }
        return resource.check(
            .init(fields: fields, given: Set(given.keys), old: old, owner: owner, view: view))
    }

    /// Why nothing of a bond may be changed at present.
    private func lock(_ kind: BondBook.Kind, _ record: BondBook.Record) -> String? {
        let bond: BondBook.Record?
        switch kind {
        case .bond: bond = record
        case .leg, .connectedIP, .natIP, .route: bond = view.book[.bond][record.owner]
        default: bond = nil
        }
        guard let bond, view.runningTuning(of: bond) != nil else { return nil }
        return "The bond can't be changed while a performance tuning is running."
    }
}

extension BondBook {
    /// What comes with a new object: a bond has a bonder from the first moment.
    mutating func follow(_ record: Record, _ kind: Kind, at tick: Int) {
        guard kind == .bond else { return queueUpdate(for: record, kind, at: tick) }
        let noise = Noise(seed: UInt64(record.id) &* 0x9E37_79B9)
        let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
        let word = String((0..<8).map { noise.pick(letters, .words, record.id, $0) })
        insert(
            .bonder, owner: record.id, at: tick,
            [
                "name": .text("default-\(word)"), "username": .text("bonder"),
                "password": .text("ssh-\(noise.bits(.bond, record.id) >> 24)"), "serial_number": .text(""),
                "asset_tag": .text(""), "note": .text(""), "debug": .flag(false),
            ].merging(BondPlan.nodeSettings) { first, _ in first })
    }

    /// Every change is sent to the nodes that it concerns.
    mutating func queueUpdate(for record: Record, _ kind: Kind, at tick: Int) {
        let bond: Record?
        switch kind {
        case .bond: bond = record
        case .bonder, .leg, .connectedIP, .natIP, .route: bond = self[.bond][record.owner]
        case .aggregator:
            operations.updates[record.id, default: []].append(tick)
            return
        default: return
        }
        guard let bond else { return }
        for node in [self[.bonder].all(of: bond.id).first?.id, bond.number("aggregator")].compactMap({ $0 }) {
            operations.updates[node, default: []].append(tick)
        }
    }

    /// Who still needs an object that is to be deleted, in words; nil when nobody does.
    func user(of kind: Kind, _ id: Int) -> String? {
        func isUsed(_ kinds: [Kind], _ fields: String...) -> Bool {
            kinds.contains { kind in
                self[kind].all.contains { record in fields.contains { record.number($0) == id } }
            }
        }
        switch kind {
        case .aggregator where isUsed([.bond], "aggregator", "secondary_aggregator"):
            return "The aggregator has bonds."
        case .space where id == BondPlan.rootSpace: return "The root space can't be deleted."
        case .space where isUsed([.bond, .aggregator, .qos, .allocation, .user], "space"),
            .space where isUsed([.space], "parent"):
            return "The space is not empty."
        case .mobileProfile where isUsed([.leg], "mobile_provider_profile"):
            return "The profile is used by legs."
        case .qos where isUsed([.bond], "qos_profile"): return "The profile is used by bonds."
        case .group
        where self[.user].all.contains(where: {
            $0.fields["groups"]?.list?.contains(.number(String(id))) ?? false
        }):
            return "The group has users."
        default: return nil
        }
    }
}
