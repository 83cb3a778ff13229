internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension ResourceKind {
    /// A piece of hardware inside a device, or inside another piece.
    static let part: ResourceKind = "part"
}

/// The inventory is a tree that is read level by level: a part is unfolded in place, or opened, and shows what it
/// contains.
extension LibreNMSServer {
    /// The outermost parts of a device; where the server gives all of them at once, with how many each contains.
    func inventorySections(
        _ device: DeviceID, _ dialect: Dialect
    ) async throws(BackendError) -> [Detail.Section] {
        if dialect.offers("get_inventory_for_device"), let parts = try await wholeInventory(of: device) {
            return outermost(of: parts, device)
        }
        let parts = try await parts(of: device, in: "0")
        return parts.isEmpty ? [] : [section("Inventory", parts)]
    }

    /// Every part of a device; nil where the server has none of it to give at once.
    private func wholeInventory(of device: DeviceID) async throws(BackendError) -> [Part]? {
        do {
            let list = try await rows("inventory", Path.wholeInventory, ["hostname": device], priority: 0)
            return list?.array.compactMap { row in
                Part(row, in: row["entPhysicalContainedIn"]?.text ?? "0")
            }.filter { $0.place.device == device }
        } catch {
            if error.kind == .missing || error.kind == .server { return nil }
            throw error
        }
    }

    /// The parts that are in no other part of the list.
    private func outermost(of parts: [Part], _ device: DeviceID) -> [Detail.Section] {
        if parts.isEmpty { return [] }
        let known = Set(parts.map(\.place.index))
        var inside: [String: Int] = [:]
        for part in parts where part.place.parent != part.place.index {
            inside[part.place.parent, default: 0] += 1
        }
        withMemory { $0.contents.note(device, inside) }
        let roots = parts.filter { !known.contains($0.place.parent) || $0.place.parent == $0.place.index }
            .sorted { ($0.position, $0.number) < ($1.position, $1.number) }
        return [Detail.Section("Inventory (\(Quantity.count(parts.count)))", lines(roots))]
    }

    /// Everything about a part, and what it contains.
    func partDetail(
        _ entity: EntityRef, _ partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail {
        guard let place = PartPlace(entity.id) else {
            throw BackendError(.missing, "\(Cleaning.clean(entity.id)) names no part of a device")
        }
        // A part is found among those beside it: the server gives whole levels.
        let level = try await parts(of: place.device, in: place.parent)
        guard let part = level.first(where: { $0.place == place }) else {
            throw BackendError(.missing, "the device has no such part any more")
        }
        let detail = Detail(
            entity, title: part.title,
            sections: fields.sections(part.row, [FieldGroup(title: "Part", takesAll: true)]))
        let inside = DetailPart(title: "Contains") { () async throws(BackendError) in
            let parts = try await self.parts(of: place.device, in: place.index)
            if parts.isEmpty { return [Detail.Section("Contains", [Detail.Line("", .text("nothing"))])] }
            return [self.section("Contains", parts)]
        }
        return await detail.filled(with: [inside], partly)
    }

    /// The parts of a device inside another part of it, `0` being the device.
    ///
    /// Releases of 2016 give those of all devices, so each row is looked at.
    private func parts(of device: DeviceID, in parent: String) async throws(BackendError) -> [Part] {
        let list = try await rows(
            "inventory", Path.inventory, ["hostname": device], query: [("entPhysicalContainedIn", parent)],
            priority: 0)
        let parts = list?.array.compactMap { Part($0, in: parent) }.filter { $0.place.device == device } ?? []
        return parts.sorted { ($0.position, $0.number) < ($1.position, $1.number) }
    }

    private func section(_ title: String, _ parts: [Part]) -> Detail.Section {
        Detail.Section("\(title) (\(Quantity.count(parts.count)))", lines(parts))
    }

    /// A line for each part, which can be unfolded unless it is known to contain nothing.
    private func lines(_ parts: [Part]) -> [Detail.Line] {
        parts.map { part in
            let count = withMemory { $0.contents.count(inside: part.place) }
            let words = count.map { $0 > 0 ? "\(part.line)  contains \(Quantity.count($0))" : part.line }
            var line = Detail.Line(
                part.kind, .ref(entity(.part, part.place.id), name: words ?? part.line), .ref(.part))
            // By the standard that servers read these from, a sensor is the end of its branch.
            line.isExpandable = count.map { $0 > 0 } ?? (part.kind != "sensor")
            return line
        }
    }

    /// The parts inside a part, for the tree of a detail.
    func children(of entity: EntityRef) async throws(BackendError) -> [Detail.Line] {
        guard entity.kind == .part else { return [] }
        guard let place = PartPlace(entity.id) else {
            throw BackendError(.missing, "\(Cleaning.clean(entity.id)) names no part of a device")
        }
        _ = try await dialect()
        // A part that is said to contain itself would never end.
        let inside = try await parts(of: place.device, in: place.index).filter {
            $0.place.index != place.index
        }
        return lines(inside)
    }
}

/// Where a part is: enough to read it without any other.
struct PartPlace: Sendable, Equatable {
    let device: DeviceID
    /// The index of the part around it, `0` for none.
    let parent: String
    let index: String

    init(device: DeviceID, parent: String, index: String) {
        self.device = device
        self.parent = parent
        self.index = index
    }

    /// Reads the id of an entity.
    init?(_ id: String) {
        let words = id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 3, words.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(device: words[0], parent: words[1], index: words[2])
    }

    /// The id of an entity: `3/0/1`.
    var id: String { "\(device)/\(parent)/\(index)" }
}

/// One row of an inventory.
private struct Part {
    let place: PartPlace
    let row: JSONValue

    init?(_ row: JSONValue, in parent: String) {
        guard let device = row["device_id"]?.text, let index = row["entPhysicalIndex"]?.text, !index.isEmpty
        else { return nil }
        place = PartPlace(device: device, parent: parent, index: index)
        self.row = row
    }

    private func word(_ key: String) -> String { Cleaning.clean(row[key]?.text ?? "") }

    var kind: String { word("entPhysicalClass") }
    /// Its place among those beside it.
    var position: Int64 { row["entPhysicalParentRelPos"]?.int64 ?? -1 }
    var number: Int64 { row["entPhysicalIndex"]?.int64 ?? 0 }

    var title: String {
        let names = [word("entPhysicalName"), word("entPhysicalDescr")]
        return names.first { !$0.isEmpty } ?? "part \(Cleaning.clean(place.index))"
    }

    /// The name, what it is, and its serial number.
    var line: String {
        var words = [title]
        for key in ["entPhysicalDescr", "entPhysicalModelName", "entPhysicalSerialNum"] {
            let word = word(key)
            if !word.isEmpty, !words.contains(where: { $0.contains(word) }) { words.append(word) }
        }
        return words.joined(separator: "  ")
    }
}
