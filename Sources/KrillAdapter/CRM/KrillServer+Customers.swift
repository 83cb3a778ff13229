internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension KrillServer {
    /// Reads customers, and joins them with what is known of their CPEs, lines and sessions.
    func refreshCustomers(
        _ query: Query, into sink: any SnapshotSink
    ) async throws(BackendError) -> Completeness {
        if query.isQuick { return try await refreshChangedCustomers(into: sink) }
        // Whether a line is up takes both long lists; they are read with their own resources and shared.
        let lines = try await readLines(sink)
        let counts = withMemory { CustomerLines($0) }
        let completeness = try await readCustomers { customers, page in
            sink.add(CustomerRows.table(customers, counts, backend), covering: page.coverage)
            sink.progress(page.words("customers"))
        }
        withMemory { $0.customersMadeOf = counts.madeOf }
        return completeness.and(lines)
    }

    /// Reads the CRM's list of customers and remembers it.
    ///
    /// - Parameter hand: takes the customers of each page.
    func readCustomers(
        _ hand: ([Customer], ListPage) -> Void
    ) async throws(BackendError) -> Completeness {
        var missing = MissingFields()
        var seen: Set<Int64> = []
        let list = PagedList(
            template: Path.customers, query: [("attrs", Customer.attributes.joined(separator: ","))],
            title: "customers")
        let arrived = try await readCRM(list, old: Path.oldCustomers) { page in
            let customers = page.rows.compactMap { row in
                let customer = Customer(row)
                if customer == nil { missing.note("id", of: "customers") }
                return customer
            }
            seen.formUnion(customers.map(\.id))
            withMemory { $0.take(customers) }
            hand(customers, page)
        }
        let completeness = arrived.and(missing.completeness)
        if completeness == .complete {
            withMemory { [seen] memory in
                memory.customers = memory.customers.filter { seen.contains($0.key) }
            }
        }
        return completeness
    }

    /// Makes the rows again of what the other lists say by now; asks for nothing but what is wrong.
    private func refreshChangedCustomers(
        into sink: any SnapshotSink
    ) async throws(BackendError) -> Completeness {
        let problems = try await readProblems(maximumAge: 30)
        let counts = withMemory { CustomerLines($0) }
        let customers = withMemory { memory in
            defer { memory.customersMadeOf = counts.madeOf }
            return memory.customersMadeOf == counts.madeOf
                ? [] : memory.customers.keys.sorted().compactMap { memory.customers[$0] }
        }
        if !customers.isEmpty {
            sink.add(CustomerRows.table(customers, counts, backend), covering: .page)
        }
        return problems
    }

    /// Reads what says how customers' lines are; what can't be read leaves its part of the rows empty.
    private func readLines(_ sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        do throws(BackendError) {
            let cpes = try await readCPEs(maximumAge: Self.cpesGoodFor) { _, page in
                sink.progress(page.words("CPEs"))
            }
            guard withMemory({ $0.version }) != .v1 else { return cpes }
            let problems = try await readProblems(maximumAge: 60)
            let hosts = try await readAllHosts(maximumAge: Self.hostsGoodFor) { _, words in
                sink.progress("monitoring of \(words)")
            }
            return cpes.and(problems).and(hosts)
        } catch {
            if [.refused, .cancelled].contains(error.kind) { throw error }
            return .partial("what is known of customers' lines is missing: \(error.words)")
        }
    }
}

extension Memory {
    /// Takes customers of the CRM's list; lists that name them have to show it.
    mutating func take(_ some: [Customer]) {
        var renamed: Set<Int64> = []
        for one in some where customers[one.id] != one {
            if customers[one.id]?.name != one.name { renamed.insert(one.id) }
            customers[one.id] = one
            revision += 1
        }
        guard !renamed.isEmpty else { return }
        for cpe in cpes.values where cpe.customer.map({ renamed.contains($0) }) == true {
            watch.noteChange(of: cpe.host)
        }
    }
}

/// What belongs to each customer, by what was last read of it.
struct CustomerLines {
    private(set) var cpes: [Int64: [DeviceStatus?]] = [:]
    private(set) var lines: [Int64: Int] = [:]
    private(set) var sessions: [Int64: PPPoESession] = [:]
    /// Whether all CPEs are known, so that a customer has no others.
    let isCounted: Bool
    /// Whether all telephone lines are.
    let areLinesCounted: Bool
    /// What it was made of; the same as long as nothing of that changed.
    let madeOf: [Int]

    init(_ memory: Memory) {
        isCounted = memory.readings[.cpes]?.completeness == .complete
        areLinesCounted = memory.potses != nil
        madeOf = [memory.revision, memory.watch.revision, isCounted ? 1 : 0, memory.known.services ? 1 : 0]
        var customersByCPE: [String: Int64] = [:]
        for cpe in memory.cpes.values {
            guard let customer = cpe.customer else { continue }
            let status = CPERows.status(
                cpe, memory.watch.hosts[cpe.host], memory.watch.servicesByHost[cpe.host] ?? [],
                knowing: memory.known)
            cpes[customer, default: []].append(status)
            customersByCPE[cpe.name] = customer
        }
        for cpe in (memory.potses ?? [:]).values {
            if let customer = customersByCPE[cpe] { lines[customer, default: 0] += 1 }
        }
        for session in memory.radius.values {
            guard let customer = customersByCPE[session.cpe] else { continue }
            if sessions[customer].map({ session.isNewer(than: $0) }) ?? true { sessions[customer] = session }
        }
    }
}

/// Rows of customers.
enum CustomerRows {
    private static let resource = ResourceDescriptor.customer
    private static func place(_ key: FieldKey) -> Int { resource.place(of: key) }

    static func table(_ customers: [Customer], _ lines: CustomerLines, _ backend: BackendID) -> Table {
        var builder = TableBuilder(resource, backend, capacity: customers.count)
        for customer in customers {
            let cpes = lines.cpes[customer.id] ?? []
            builder.begin(EntityRef(backend, .customer, id: customer.id))
            builder.set(place(.name), text: customer.name)
            builder.set(place(.externalID), text: customer.externalID)
            if lines.isCounted {
                builder.set(place("cpes"), integer: Int64(cpes.count))
                if !cpes.contains(nil) {
                    builder.set(place("cpes_down"), integer: Int64(cpes.count { $0 == .down }))
                }
                if let status = status(cpes) { builder.set(place(.status), text: status.rawValue) }
            }
            if lines.areLinesCounted {
                builder.set(place("lines"), integer: Int64(lines.lines[customer.id] ?? 0))
            }
            builder.set(place(.location), text: customer.place)
            builder.set(place("realm"), text: customer.realm)
            builder.set(place("city"), text: customer.city)
            guard let session = lines.sessions[customer.id] else { continue }
            builder.set(place("online_since"), time: session.since)
            builder.set(place("session_address"), text: session.address)
            builder.set(place("nas"), text: session.nas)
        }
        return builder.finish()
    }

    /// How a customer's lines are together: those that may not be used, and those that nothing watches, say nothing of
    /// the others.
    ///
    /// Nil where what decides it is not known.
    static func status(_ cpes: [DeviceStatus?]) -> DeviceStatus? {
        let used = cpes.filter { $0 != .disabled && $0 != .unmonitored }
        if used.isEmpty { return cpes.contains(.disabled) ? .disabled : .unmonitored }
        let down = used.count { $0 == .down }
        if down == used.count { return .down }
        if down > 0 || used.contains(.warning) { return .warning }
        if used.contains(nil) { return nil }
        return used.contains(.unknown) ? .unknown : .up
    }
}
