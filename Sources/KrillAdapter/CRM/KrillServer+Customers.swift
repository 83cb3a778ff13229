internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension KrillServer {
    /// Reads customers, and counts their CPEs, lines and sessions by what was read of those.
    func refreshCustomers(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        // Counts need the CPEs; they are read with their own resource and shared.
        let counts = try await customerLines()
        let list = PagedList(
            template: Path.customers, query: [("attrs", Customer.attributes.joined(separator: ","))],
            title: "customers")
        let completeness = try await readCRM(list, old: Path.oldCustomers) { page in
            let customers = page.rows.compactMap { Customer($0) }
            withMemory { memory in for one in customers { memory.customers[one.id] = one.name } }
            sink.add(CustomerRows.table(customers, counts, backend), covering: page.coverage)
            sink.progress(page.words("customers"))
        }
        return completeness
    }

    /// What belongs to each customer.
    private func customerLines() async throws(BackendError) -> CustomerLines {
        try await readCPEsIfNeeded()
        return CustomerLines(withMemory { $0 })
    }
}

/// What belongs to each customer, by what was last read of it.
struct CustomerLines {
    private(set) var cpes: [Int64: [CPE]] = [:]
    private(set) var down: [Int64: Int] = [:]
    private(set) var lines: [Int64: Int] = [:]
    private(set) var sessions: [Int64: PPPoESession] = [:]
    /// Whether the monitoring was heard at all, so that none down means none.
    private(set) var isWatched = false

    init(_ memory: Memory) {
        isWatched = memory.watch.problemsAt != nil || memory.watch.wholeAt != nil
        var customersByCPE: [String: Int64] = [:]
        for cpe in memory.cpes.values {
            guard let customer = cpe.customer else { continue }
            cpes[customer, default: []].append(cpe)
            customersByCPE[cpe.name] = customer
            if memory.watch.hosts[cpe.host]?.isDown == true { down[customer, default: 0] += 1 }
        }
        for cpe in memory.potses.values {
            if let customer = customersByCPE[cpe] { lines[customer, default: 0] += 1 }
        }
        for session in memory.radius {
            if let customer = customersByCPE[session.cpe] { sessions[customer] = session }
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
            let down = lines.down[customer.id] ?? 0
            builder.begin(EntityRef(backend, .customer, id: customer.id))
            builder.set(place(.name), text: customer.name)
            builder.set(place(.externalID), text: customer.externalID)
            builder.set(place("cpes"), integer: Int64(cpes.count))
            if lines.isWatched {
                builder.set(place("cpes_down"), integer: Int64(down))
                builder.set(place(.status), text: status(cpes, down).rawValue)
            }
            if let count = lines.lines[customer.id] { builder.set(place("lines"), integer: Int64(count)) }
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

    private static func status(_ cpes: [CPE], _ down: Int) -> DeviceStatus {
        if cpes.isEmpty { return .unknown }
        if cpes.allSatisfy({ $0.obstacle != nil }) { return .disabled }
        if down == 0 { return .up }
        return down == cpes.count ? .down : .warning
    }
}
