internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension ResourceDescriptor {
    /// The processes by which a server asks devices: `GET /pollers`, empty where none registers.
    ///
    /// They stand in no pane but in the health, which names those that are late.
    static let poller = ResourceDescriptor(
        .poller, plural: "pollers", pane: nil,
        fields: [
            Field(.status, "Status", .state, width: 5...8, priority: 0, decides: true),
            Field(.name, "Poller", .text, width: 10...30, priority: 0),
            Field(.lastPolled, "Reported", .time, width: 6...8, priority: 1),
            Field("version", "Version", .word, width: 6...12, priority: 3),
            Field("groups", "Groups", .text, width: 4...16, priority: 3),
        ],
        interval: 120, order: [SortKey(.name)])
}

extension LibreNMSServer {
    /// Seconds without a report after which a poller is late: two rounds of what servers come with.
    static let pollerPatience: Int64 = 600

    /// Reads the pollers; a report whose moment is not certain says nothing of how old it is.
    func refreshPollers(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        let list = try await rows("pollers", Path.pollers, priority: 2)
        let resource = ResourceDescriptor.poller
        let clock = withMemory { $0.usableClock }
        let now = settings.now()
        var builder = TableBuilder(resource, backend)
        for row in list?.array.map({ $0 }) ?? [] {
            guard let id = row["id"]?.id else { continue }
            let text = row["last_report"]?.text
            let reported = text.flatMap { CivilTime.parse($0, clock: clock) }
            builder.begin(entity(.poller, id))
            builder.set(resource.place(of: .name), text: row["poller_name"]?.text ?? "poller \(id)")
            builder.set(resource.place(of: .lastPolled), time: reported)
            builder.set(resource.place(of: "version"), text: row["poller_version"]?.text ?? "")
            builder.set(resource.place(of: "groups"), text: row["poller_groups"]?.text ?? "")
            guard let reported else { continue }
            let isCertain = clock.isCertain || text?.hasSuffix("Z") == true
            let isLate = now.seconds - reported.seconds > Self.pollerPatience
            let word = isCertain ? isLate ? "late" : "ok" : DeviceStatus.unknown.rawValue
            builder.set(resource.place(of: .status), text: word)
        }
        let completeness = list?.without("id", builder.count, "pollers") ?? .complete
        sink.add(builder.finish(), covering: .everything)
        return completeness
    }

    /// Everything about a poller.
    func pollerDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        let list = try await rows("pollers", Path.pollers, priority: 0)
        guard let row = list?.array.first(where: { $0["id"]?.text == entity.id }) else {
            throw BackendError(.missing, "the server has no poller \(Cleaning.clean(entity.id)) any more")
        }
        return Detail(
            entity, title: Cleaning.clean(row["poller_name"]?.text ?? "poller \(entity.id)"),
            sections: fields.sections(row, [FieldGroup(title: "Poller", takesAll: true)]))
    }
}
