internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Sessions, telephone lines and pools.
extension KrillServer {
    /// Reads the sessions that are online; of several of one user the newest counts.
    func refreshSessions(
        _ query: Query, into sink: any SnapshotSink
    ) async throws(BackendError) -> Completeness {
        let owners = try await readOwners(query, sink)
        var newest: [String: PPPoESession] = [:]
        var missing = MissingFields()
        let list = PagedList(
            template: Path.sessions, query: [("online", "true"), ("sort", "username")], title: "sessions",
            id: "acctuniqueid")
        let arrived = try await readPages(list) { page in
            var users: Set<String> = []
            for row in page.rows {
                guard let session = PPPoESession(row) else {
                    missing.note("acctuniqueid", of: "sessions")
                    continue
                }
                guard session.isOnline != false else { continue }
                if session.key.isEmpty { missing.note("username", of: "sessions") }
                users.insert(session.key)
                if newest[session.key].map({ session.isNewer(than: $0) }) ?? true {
                    newest[session.key] = session
                }
            }
            let sessions = newest.filter { users.contains($0.key) }.values.sorted { $0.key < $1.key }
            // A session says that it is online by being listed, so that one miss is enough.
            sink.add(SessionRows.table(sessions, backend, withMemory { $0 }), covering: .page)
            sink.progress(page.words("sessions"))
        }
        let completeness = arrived.and(missing.completeness)
        withMemory { [newest] memory in
            let kept = completeness == .complete ? [:] : memory.radius
            let radius = kept.merging(newest) { $1 }
            if radius != memory.radius { memory.revision += 1 }
            memory.radius = radius
        }
        return completeness.and(owners)
    }

    /// Reads telephone lines; a line's id begins with the name of its CPE.
    func refreshPotses(
        _ query: Query, into sink: any SnapshotSink
    ) async throws(BackendError) -> Completeness {
        let owners = try await readOwners(query, sink)
        let attributes = "id,lineid,order,cli,label,dtmf,pbx_extension,voicemail"
        let list = PagedList(
            template: Path.potses, query: [("attrs", attributes)], title: "telephone lines")
        var places: [Int64: String] = [:]
        var missing = MissingFields()
        let arrived = try await readCRM(list, old: Path.oldPotses) { page in
            let potses = page.rows.compactMap { row in
                let pots = PotsLine(row)
                if pots == nil { missing.note("id", of: "telephone lines") }
                return pots
            }
            for one in potses { places[one.id] = one.cpe }
            sink.add(PotsRows.table(potses, backend, withMemory { $0 }), covering: page.coverage)
        }
        let completeness = arrived.and(missing.completeness)
        if completeness == .complete {
            withMemory { [places] memory in
                if memory.potses != places { memory.revision += 1 }
                memory.potses = places
            }
        }
        return completeness.and(owners)
    }

    /// Reads the pools and the use of each (that there is a list of them is inferred).
    func refreshPools(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        var names: [String] = []
        var missing = MissingFields()
        let arrived = try await readPages(
            PagedList(template: Path.pools, title: "address pools", id: "name")
        ) { page in
            for row in page.rows {
                if let name = (row["name"] ?? row["pool_name"] ?? row).text {
                    names.append(name)
                } else {
                    missing.note("name", of: "pools")
                }
            }
        }
        var builder = TableBuilder(.pool, backend)
        func place(_ key: FieldKey) -> Int { ResourceDescriptor.pool.place(of: key) }
        for name in names {
            let stats = try await objectIfOffered(Path.pool, ["name": name])
            let total = stats?["total"]?.int64
            let used = stats?["used"]?.int64
            if total == nil { missing.note("total", of: "pools") }
            if used == nil { missing.note("used", of: "pools") }
            builder.begin(EntityRef(backend, .pool, id: name))
            builder.set(place(.name), text: name)
            builder.set(place("used_count"), integer: used)
            builder.set(place("free_count"), integer: stats?["free"]?.int64)
            builder.set(place("total"), integer: total)
            if let total, let used, total > 0 {
                builder.set(place(.usedPercent), number: Double(used) * 100 / Double(total))
            }
        }
        let completeness = arrived.and(missing.completeness)
        sink.add(builder.finish(), covering: completeness == .complete ? .everything : .page)
        return completeness
    }

    func poolDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        guard let row = try await objectIfThere(Path.pool, ["name": entity.id]) else {
            throw BackendError(.missing, "the server has no pool \(Cleaning.clean(entity.id)) any more")
        }
        var sections = fields.sections(
            row, [FieldGroup(title: "Pool", keys: ["pool_name", "total", "used", "free"])])
        sections.removeAll { $0.title == "Other" }
        let entries = row["entries"]?.array?.map { $0 } ?? []
        if !entries.isEmpty {
            sections.append(
                Detail.Section(
                    "Addresses in use",
                    entries.prefix(200).map { entry in
                        Detail.Line(
                            Cleaning.clean(entry["framedipaddress"]?.text ?? ""),
                            .text(Cleaning.clean(entry["username"]?.text ?? "")))
                    }))
        }
        return Detail(entity, title: "pool \(Cleaning.clean(entity.id))", sections: sections)
    }

    func potsDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        guard let row = try await readRecord(.pots, entity.id), let pots = PotsLine(row)
        else {
            throw BackendError(
                .missing, "the server has no telephone line \(Cleaning.clean(entity.id)) any more")
        }
        let sections = fields.sections(
            row,
            [
                FieldGroup(
                    title: "Telephone line", keys: ["id", "lineid", "order", "cli", "label", "username"])
            ])
        return Detail(entity, title: pots.name, sections: sections + (await owners(ofCPE: pots.cpe)))
    }

    func sessionDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        guard let (session, row) = try await sessions(of: entity.id).first else {
            throw BackendError(.missing, "\(Cleaning.clean(entity.id)) has no session now")
        }
        let sections = fields.sections(
            row,
            [
                FieldGroup(
                    title: "Session",
                    keys: [
                        "username", "krillcpename", "framedipaddress", "nasipaddress", "callingstationid",
                        "acctstarttime", "acctstoptime", "sessiontime", "acctterminatecause",
                    ])
            ])
        return Detail(entity, title: session.user, sections: sections + (await owners(ofCPE: session.cpe)))
    }

    /// The sessions that a user has online now, the newest first.
    func sessions(of user: String) async throws(BackendError) -> [(PPPoESession, row: JSONValue)] {
        let own = try await sessions(
            where: { $0.user == user }, query: [("online", "true"), ("username", user)])
        // One without a user is listed by its CPE's name.
        return own.isEmpty ? try await sessions(ofCPE: user).filter { $0.0.user.isEmpty } : own
    }

    /// The sessions that a CPE has online now, the newest first.
    func sessions(ofCPE name: String) async throws(BackendError) -> [(PPPoESession, row: JSONValue)] {
        try await sessions(
            where: { $0.cpe == name }, query: [("online", "true"), ("krillcpename", name)])
    }

    /// A server that does not know the filter gives all sessions, and each is looked at.
    private func sessions(
        where isWanted: (PPPoESession) -> Bool, query: [(String, String)]
    ) async throws(BackendError) -> [(PPPoESession, row: JSONValue)] {
        var found: [String: (PPPoESession, row: JSONValue)] = [:]
        let list = PagedList(
            template: Path.sessions, query: query, title: "sessions", id: "acctuniqueid", priority: 0)
        let completeness = try await readPages(list) { page in
            for row in page.rows {
                guard let session = PPPoESession(row), session.isOnline != false, isWanted(session) else {
                    continue
                }
                found[session.id] = (session, row)
            }
        }
        // What is not in a part may be in the rest, and a newer one too.
        try completeness.demandAll()
        return found.values.sorted { $0.0.isNewer(than: $1.0) }
    }
}

/// Rows of sessions, called by their users: those stay, while the numbers of sessions never come again.
enum SessionRows {
    private static let resource = ResourceDescriptor.session
    private static func place(_ key: FieldKey) -> Int { resource.place(of: key) }

    static func table(_ sessions: [PPPoESession], _ backend: BackendID, _ memory: Memory) -> Table {
        var builder = TableBuilder(resource, backend, capacity: sessions.count)
        for session in sessions {
            guard !session.key.isEmpty else { continue }
            builder.begin(EntityRef(backend, .session, id: session.key))
            if session.isOnline == true { builder.set(place(.status), text: DeviceStatus.up.rawValue) }
            builder.set(place(.name), text: session.key)
            builder.setOwners(ofCPE: session.cpe, resource, backend, memory)
            builder.set(place("online_since"), time: session.since)
            builder.set(place("session_address"), text: session.address)
            builder.set(place("nas"), text: session.nas)
            builder.set(place("mac"), text: session.caller)
        }
        return builder.finish()
    }
}

/// What lists keep of a telephone line.
struct PotsLine: Sendable {
    let id: Int64
    let name: String
    /// The name of its CPE: the line's id without its number.
    let cpe: String
    let row: JSONValue

    /// Nil for a row without an id.
    init?(_ row: JSONValue) {
        guard let id = row["id"]?.int64 else { return nil }
        self.id = id
        self.row = row
        let line = row["lineid"]?.text.map { Cleaning.clean($0) } ?? ""
        name = line.isEmpty ? "line \(id)" : line
        cpe = line.lastIndex(of: "-").map { String(line[..<$0]) } ?? ""
    }
}

/// Rows of telephone lines; passwords are not asked for.
enum PotsRows {
    private static let resource = ResourceDescriptor.pots
    private static func place(_ key: FieldKey) -> Int { resource.place(of: key) }

    static func table(_ potses: [PotsLine], _ backend: BackendID, _ memory: Memory) -> Table {
        var builder = TableBuilder(resource, backend, capacity: potses.count)
        for pots in potses {
            builder.begin(EntityRef(backend, .pots, id: pots.id))
            builder.set(place(.name), text: pots.name)
            builder.set(place("number"), text: pots.row["cli"]?.text ?? "")
            builder.setOwners(ofCPE: pots.cpe, resource, backend, memory)
            builder.set(place("label"), text: pots.row["label"]?.text ?? "")
            builder.set(place("dtmf"), text: pots.row["dtmf"]?.text ?? "")
            builder.set(place("voicemail"), flag: pots.row["voicemail"]?.flag)
            builder.set(place("pbx_extension"), flag: pots.row["pbx_extension"]?.flag)
        }
        return builder.finish()
    }
}

extension TableBuilder {
    /// Sets the CPE of a name and its customer.
    fileprivate mutating func setOwners(
        ofCPE name: String, _ resource: ResourceDescriptor, _ backend: BackendID, _ memory: Memory
    ) {
        guard !name.isEmpty else { return }
        let id = memory.watch.cpesByHost[name]
        set(resource.place(of: "cpe"), ref: id.map { EntityRef(backend, .cpe, id: $0) }, name: name)
        guard let customer = id.flatMap({ memory.cpes[$0]?.customer }) else { return }
        set(
            resource.place(of: .customer), ref: EntityRef(backend, .customer, id: customer),
            name: memory.customers[customer]?.name ?? "customer \(customer)")
    }
}
