extension LibreNMSCall {
    /// `GET /inventory/:hostname`: one level of the tree; the old release forgets to ask for the device.
    func inventory() -> Reply {
        guard let device else {
            let isNumber = Int(self["hostname"]) != nil
            if isNumber, release.isModern { return list("inventory", .list([]), count: 0) }
            if !isNumber { return unknownInventory() }
            return inventory(of: view.devices)
        }
        return inventory(of: release.isModern ? [device] : view.devices)
    }

    /// `GET /inventory/:hostname/all`: the whole tree at once.
    func wholeInventory() -> Reply {
        guard let device else {
            return Int(self["hostname"]) == nil ? unknownInventory() : list("inventory", .list([]), count: 0)
        }
        let parts = view.chassis(of: device).parts.map { InventoryItem(part: $0, device: device) }
        return list("inventory", parts, InventoryItem.schema)
    }

    private func unknownInventory() -> Reply {
        guard !release.isModern else { return failed(400, "Invalid device provided") }
        return json(
            500,
            [
                "status": "error", "err-msg": "Invalid device provided", "count": .computed(0),
                "inventory": .list([]),
            ])
    }

    private func inventory(of devices: [DeviceRow]) -> Reply {
        let parent = query["entPhysicalContainedIn"].flatMap { Int($0) } ?? 0
        // An empty word is no wish for a class.
        let kind = query["entPhysicalClass"].flatMap { $0.isEmpty ? nil : $0 }
        let rows = devices.flatMap { device in
            view.chassis(of: device).parts(in: parent).filter { kind == nil || $0.kind == kind }
                .map { InventoryItem(part: $0, device: device) }
        }
        return list("inventory", rows, InventoryItem.schema)
    }
}

/// A piece of hardware inside a device.
struct InventoryItem: Sendable {
    let part: Part
    let device: DeviceRow

    private var hardware: String? { device.device.identity.hardware }

    private var serial: String {
        guard part.hasSerial, let serial = device.device.serial else { return "" }
        return part.index == 1 ? serial : "\(serial)-\(part.index)"
    }

    static let schema = Schema<InventoryItem>([
        Column("entPhysical_id", in: .all) { .integer($0.device.index * 50_000 + $0.part.index) },
        Column("device_id", in: .all) { .integer($0.device.device.id) },
        Column("entPhysicalIndex", in: .all) { .integer($0.part.index) },
        Column("entPhysicalDescr", in: .all) { .text(($0.hardware ?? "") + " " + $0.part.name.lowercased()) },
        Column("entPhysicalClass", in: .all) { .text($0.part.kind) },
        Column("entPhysicalName", in: .all) { .text($0.part.name) },
        Column("entPhysicalHardwareRev", in: .all) { _ in .text("V02") },
        Column("entPhysicalFirmwareRev", in: .all) { _ in .text("12.2(31r)SGA") },
        Column("entPhysicalSoftwareRev", in: .all) { .text(orNull: $0.device.device.identity.version) },
        Column("entPhysicalAlias", in: .all) { _ in .text("") },
        Column("entPhysicalAssetID", in: .all) { _ in .text("") },
        Column("entPhysicalIsFRU", in: .all) { .text($0.part.isReplaceable ? "true" : "false") },
        Column("entPhysicalModelName", in: .all) { .text(orNull: $0.part.model ?? $0.hardware) },
        Column("entPhysicalVendorType", in: .all) { .text($0.part.index == 1 ? "cevChassis" : "cevModule") },
        Column("entPhysicalSerialNum", in: .all) { .text($0.serial) },
        Column("entPhysicalContainedIn", in: .all) { .integer($0.part.containedIn) },
        Column("entPhysicalParentRelPos", in: .all) { .integer($0.part.position) },
        Column("entPhysicalMfgName", in: .all) { _ in .text("Example Networks") },
        Column("entPhysicalMfgDate", in: .modern) { _ in .null },
        Column("ifIndex", in: .all) { .integer(orNull: $0.part.port) },
    ])
}
