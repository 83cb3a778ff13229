internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension ResourceDescriptor {
    /// Device groups, section "Device Groups" of the API.
    static let group = ResourceDescriptor(
        .group, plural: "groups", pane: nil,
        fields: [
            Field(.name, "Name", .text, width: 14...40, priority: 0),
            Field("type", "Type", .word, width: 6...8, priority: 2),
            Field("description", "Description", .text, width: 8...40, priority: 2),
            Field(.expression, "Pattern", .text, width: 12...60, priority: 3),
        ],
        interval: 900, order: [SortKey(.name)])
}

extension LibreNMSServer {
    /// Reads all device groups; that there are none is said by a 404.
    func refreshGroups(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        _ = try await dialect()
        var builder = TableBuilder(.group, backend)
        let list = try await rows("groups", Path.groups)
        for group in list?.array.compactMap({ DeviceGroup($0) }) ?? [] { append(group, to: &builder) }
        let completeness = list?.without("id", builder.count, "groups") ?? .complete
        sink.add(builder.finish(), covering: .everything)
        return completeness
    }

    private func append(_ group: DeviceGroup, to builder: inout TableBuilder) {
        let resource = ResourceDescriptor.group
        builder.begin(entity(.group, group.id))
        builder.set(resource.place(of: .name), text: group.title)
        builder.set(resource.place(of: "type"), text: group.row["type"]?.text ?? "")
        builder.set(resource.place(of: "description"), text: group.row["desc"]?.text ?? "")
        builder.set(resource.place(of: .expression), text: group.pattern)
    }

    /// Everything about a group: its fields and its devices.
    func groupDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        let dialect = try await dialect()
        guard let group = try await wireGroup(entity.id) else {
            throw BackendError(.missing, "the server has no group \(entity.id) any more")
        }
        var sections = fields.sections(group.row, [FieldGroup(title: "Group", takesAll: true)])
        sections.append(await deviceSection(of: group, dialect))
        return Detail(entity, title: group.title, sections: sections)
    }

    /// A group by its number; nil where the server names all its groups, and none is that.
    func wireGroup(_ id: String) async throws(BackendError) -> DeviceGroup? {
        guard let list = try await rows("groups", Path.groups, priority: 0) else { return nil }
        let groups = list.array.compactMap { DeviceGroup($0) }
        if let group = groups.first(where: { $0.id == id }) { return group }
        if case .partial(let words) = list.without("id", groups.count, "groups") {
            throw BackendError(.invalid, "the server does not name all its groups: \(words)")
        }
        return nil
    }

    private func deviceSection(of group: DeviceGroup, _ dialect: Dialect) async -> Detail.Section {
        do throws(BackendError) {
            return deviceSection(try await devices(of: group, dialect))
        } catch {
            return Detail.Section("Devices", [.unreadable(because: error.words)])
        }
    }

    /// The devices of a group or location, as links.
    func deviceSection(_ devices: [DeviceID]) -> Detail.Section {
        let names = withMemory { $0.deviceNames }
        let lines = devices.map { id in
            (name: names[id] ?? "device \(Cleaning.clean(id))", ref: self.entity(.device, id))
        }.sorted { $0.name < $1.name }.map { Detail.Line("", .ref($0.ref, name: $0.name), .ref(.device)) }
        if lines.isEmpty { return Detail.Section("Devices", [Detail.Line("", .text("none"))]) }
        return Detail.Section("Devices (\(Quantity.count(lines.count)))", lines)
    }

    /// The devices of a group.
    ///
    /// Older releases take only its name; newer ones take a name with a slash for another address, but also the
    /// number. A 404 says that there are none, and older releases say so for an unknown name as well: one that
    /// they may decode once too often is asked for again in the other form.
    func devices(of group: DeviceGroup, _ dialect: Dialect) async throws(BackendError) -> [DeviceID] {
        if withMemory({ $0.deviceNames.isEmpty }) { _ = try? await readDevices() }
        var names = [group.id]
        if dialect.decodesTwice {
            names = [group.name]
            if group.name.contains(where: { "%+".contains($0) }) { names.append(dialect.segment(group.name)) }
        }
        for name in names {
            let list = try await rows("devices", Path.group, ["name": name], priority: 0)
            guard let list else { continue }
            let devices = list.array.compactMap { $0["device_id"]?.id }
            // Fewer than there are would pass for all of them.
            if case .partial(let words) = list.without("device_id", devices.count, "devices") {
                throw BackendError(.invalid, "the server names its devices only in part: \(words)")
            }
            return devices
        }
        return []
    }
}

/// One group of devices as the server gave it.
struct DeviceGroup: Sendable {
    let id: String
    /// The name as the server has it, for paths.
    let name: String
    let row: JSONValue

    /// Nil for a row without an id.
    init?(_ row: JSONValue) {
        guard let id = row["id"]?.id else { return nil }
        self.id = id
        self.row = row
        name = row["name"]?.text ?? ""
    }

    /// The name as it is shown.
    var title: String { name.isEmpty ? "group \(Cleaning.clean(id))" : Cleaning.clean(name) }

    /// What makes a device a member: a text in older releases, a tree of conditions in newer ones.
    var pattern: String {
        if let pattern = row["pattern"]?.text, !pattern.isEmpty { return pattern }
        return row["rules"].flatMap { RuleExpression(builder: $0) }?.text ?? ""
    }
}
