internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    /// After a `/ports` that failed, ports are read device by device for so many seconds.
    private static let allPortsRetry: Int64 = 1800

    /// Reads the ports of all devices: in one request where the server can, else device by device.
    func refreshPorts(
        _ query: Query, into sink: any SnapshotSink
    ) async throws(BackendError) -> Completeness {
        let dialect = try await dialect()
        let now = settings.now()
        let mayAskForAll =
            dialect.listsAllPorts
            && withMemory { memory in
                guard let failed = memory.allPortsFailedAt else { return true }
                return now.seconds - failed.seconds >= Self.allPortsRetry
            }
        guard mayAskForAll else { return try await sweepPorts(query, dialect, into: sink) }
        do {
            let (table, completeness) = try await readAllPorts(dialect)
            sink.add(table, covering: .everything)
            withMemory { $0.allPortsFailedAt = nil }
            return completeness
        } catch {
            guard [.timedOut, .server, .missing, .invalid].contains(error.kind) else { throw error }
            withMemory { $0.allPortsFailedAt = now }
        }
        do {
            return try await sweepPorts(query, dialect, into: sink)
        } catch {
            // The server was in trouble as a whole: the next refresh asks for all ports again.
            withMemory { $0.allPortsFailedAt = nil }
            throw error
        }
    }

    private func readAllPorts(_ dialect: Dialect) async throws(BackendError) -> (Table, Completeness) {
        let listed = try await portList(Path.ports, [:], dialect, priority: 1)
        if withMemory({ $0.deviceNames.isEmpty }) { _ = try await readDevices() }
        guard let list = consume listed else { return (Table.empty(.port, backend), .complete) }
        let count = list.array.count
        // The bytes go while the rows come: nothing here may have the list any more.
        let table = portRows(dialect).table((consume list).array)
        return (table, Rows.without("port_id", count - table.count, "ports"))
    }

    /// Reads a list of ports; columns that the server says it does not know are left out then.
    func portList(
        _ template: PathTemplate, _ parameters: [String: String], _ dialect: Dialect, priority: Int
    ) async throws(BackendError) -> Rows? {
        var columns = PortRows.columns + [dialect.ignoreColumn]
        let (unknown, needsAll) = withMemory { ($0.sweep.unknownColumns, $0.sweep.needsAllColumns) }
        columns.removeAll { unknown.contains($0) }
        if needsAll { columns = ["*"] }
        let response = try await read(
            template, parameters, query: [("columns", columns.joined(separator: ","))], priority: priority)
        var refused = Self.refusedColumns(response).intersection(columns)
        let isSaid = !refused.isEmpty
        if !isSaid, [400, 500].contains(response.status), dialect.decodesTwice,
            !withMemory({ $0.sweep.columnsWork })
        {
            // Not every old server takes a name in quotes, and none says so.
            refused = Set([dialect.ignoreColumn]).intersection(columns)
        }
        guard !refused.isEmpty else {
            return try Verdict.list("ports", in: response).map { Rows(array: $0) }
        }
        if isSaid { withMemory { [refused] in $0.sweep.unknownColumns.formUnion(refused) } }
        columns.removeAll { refused.contains($0) }
        let list = try await rows(
            "ports", template, parameters, query: [("columns", columns.joined(separator: ","))],
            priority: priority)
        withMemory { [refused] in $0.sweep.unknownColumns.formUnion(refused) }
        return list
    }

    /// The columns of a 400 that says `Invalid columns: a,b`.
    private static func refusedColumns(_ response: Response) -> Set<String> {
        guard response.status == 400, let root = try? response.json(),
            let message = Verdict.message(in: root), let colon = message.firstIndex(of: ":"),
            message.lowercased().hasPrefix("invalid columns")
        else { return [] }
        let names = message[message.index(after: colon)...].split { ", ".contains($0) }
        return Set(names.map(String.init))
    }

    func portRows(_ dialect: Dialect) -> PortRows {
        PortRows(
            backend: backend, deviceNames: withMemory { $0.deviceNames },
            cutsRates: dialect.decodesTwice)
    }
}
