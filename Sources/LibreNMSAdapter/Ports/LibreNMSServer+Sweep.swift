internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Ports where each device costs a request: what is on screen or in alerts at once, the rest at two requests a
/// second. A page per device goes out as it comes, so that a sweep of an hour shows its ports all along.
extension LibreNMSServer {
    /// Seconds between two requests for devices that nobody looks at.
    private static let pace = 0.5
    /// Devices that are read side by side when they are wanted at once.
    private static let atOnce = 3

    func sweepPorts(
        _ query: Query, _ dialect: Dialect, into sink: any SnapshotSink
    ) async throws(BackendError) -> Completeness {
        if withMemory({ $0.devices.isEmpty }) { _ = try await readDevices() }
        let (devices, urgent, isFirst) = withMemory { memory in
            let devices = memory.devices
            memory.sweep.keep(only: devices)
            let isFirst = !memory.sweep.isRunning
            memory.sweep.isRunning = true
            return (devices, memory.urgent(query.focus, alerts: isFirst), isFirst)
        }
        defer { if isFirst { withMemory { $0.sweep.isRunning = false } } }
        var run = SweepRun(total: devices.count)
        try await read(urgent, dialect, &run, into: sink)
        guard isFirst else { return .partial("ports of the devices on screen; the rest is on its way") }
        let done = Set(urgent)
        for device in withMemory({ $0.sweep.order(devices) }) where !done.contains(device) {
            do { try await settings.pause(Self.pace) } catch { throw BackendError(.cancelled, "cancelled") }
            try run.take(device, await page(of: device, dialect, priority: 2), sink)
        }
        return run.completeness.and(withMemory { $0.devicesAre })
    }

    /// Reads devices side by side, a few at once.
    private func read(
        _ devices: [DeviceID], _ dialect: Dialect, _ run: inout SweepRun, into sink: any SnapshotSink
    ) async throws(BackendError) {
        var rest = devices[...]
        while !rest.isEmpty {
            let some = rest.prefix(Self.atOnce)
            rest = rest.dropFirst(Self.atOnce)
            let pages = await withTaskGroup(
                of: (DeviceID, Result<PortPage, BackendError>).self,
                returning: [(DeviceID, Result<PortPage, BackendError>)].self
            ) { group in
                for device in some {
                    group.addTask { (device, await self.page(of: device, dialect, priority: 0)) }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            for (device, page) in pages { try run.take(device, page, sink) }
        }
    }

    /// The ports of one device; none is an answer.
    private func page(
        of device: DeviceID, _ dialect: Dialect, priority: Int
    ) async -> Result<PortPage, BackendError> {
        do {
            var list = try await portList(Path.devicePorts, ["id": device], dialect, priority: priority)
            if list?.array.isEmpty ?? true, !withMemory({ $0.sweep.columnsWork }) {
                list = try await portsWithoutColumns(device, priority)
            }
            let table = list.map { portRows(dialect).table($0.array, owner: device) }
            withMemory { memory in
                memory.sweep.note(device, ports: table?.refs ?? [])
                if table?.count ?? 0 > 0 { memory.sweep.columnsWork = true }
            }
            guard let list, let table else {
                return .success(PortPage(table: .empty(.port, backend), completeness: .complete))
            }
            return .success(
                PortPage(table: table, completeness: list.without("port_id", table.count, "ports")))
        } catch {
            return .failure(error)
        }
    }

    /// Old servers answer an unknown column with an empty list: asks whether the device really has no ports.
    private func portsWithoutColumns(_ device: DeviceID, _ priority: Int) async throws(BackendError) -> Rows?
    {
        let names = try await rows("ports", Path.devicePorts, ["id": device], priority: priority)
        guard let names, !names.array.isEmpty else { return nil }
        withMemory { $0.sweep.needsAllColumns = true }
        return try await rows(
            "ports", Path.devicePorts, ["id": device], query: [("columns", "*")], priority: priority)
    }
}

extension Memory {
    /// The devices to read at once: those asked for and, at the start of a sweep, those with alerts.
    func urgent(_ focus: [EntityRef], alerts: Bool) -> [DeviceID] {
        let known = Set(devices)
        var seen: Set<DeviceID> = []
        let asked = focus.compactMap { entity -> DeviceID? in
            switch entity.kind {
            case .device: entity.id
            case .alert: alertDevices[entity.id]
            case .port: sweep.device(of: entity)
            default: nil
            }
        }
        return (asked + (alerts ? alertDevices.values.sorted() : [])).filter {
            known.contains($0) && seen.insert($0).inserted
        }
    }
}

/// The ports of one device.
private struct PortPage {
    let table: Table
    let completeness: Completeness
}

/// The count of one sweep.
private struct SweepRun {
    let total: Int
    private var read = 0
    private var failed = 0
    private var failedInARow = 0
    private var lacking = Completeness.complete

    init(total: Int) { self.total = total }

    /// Hands a page on.
    ///
    /// - Throws: when the server refuses, or when three devices failed one after another.
    mutating func take(
        _ device: DeviceID, _ page: Result<PortPage, BackendError>, _ sink: any SnapshotSink
    ) throws(BackendError) {
        switch page {
        case .success(let page):
            read += 1
            failedInARow = 0
            let owner = EntityRef(page.table.backend, .device, id: device)
            // A port that can't be told from others is no reason for any of them to go.
            let isWhole = page.completeness == .complete
            sink.add(page.table, covering: isWhole ? .owned(by: owner, .device) : .page)
            if lacking == .complete { lacking = page.completeness }
            if read < total { sink.progress(words) }
        case .failure(let error):
            failed += 1
            failedInARow += 1
            if failedInARow == 3 || [.refused, .cancelled, .gated].contains(error.kind) { throw error }
        }
    }

    var completeness: Completeness { lacking.and(failed == 0 ? .complete : .partial(words)) }

    private var words: String { "ports of \(grouped(read)) of \(grouped(total)) devices" }

    private func grouped(_ number: Int) -> String {
        let digits = String(number)
        return String(
            digits.enumerated().flatMap { place, digit in
                place > 0 && (digits.count - place).isMultiple(of: 3) ? [",", digit] : [digit]
            })
    }
}
