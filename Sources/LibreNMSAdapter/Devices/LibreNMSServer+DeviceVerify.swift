internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    /// What became of a command on devices, by what is read of each afterwards.
    func verifyDevices(
        _ plan: Plan, answers: [StepAnswer], reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        await following.outcomes(
            of: plan, { CommandAnswer($0, in: answers) }, reporting: reporting
        ) { open in
            await Evidence.each(open) { (target) async throws(BackendError) in
                try await evidence(plan, target)
            }
        }
    }

    private func evidence(_ plan: Plan, _ target: EntityRef) async throws(BackendError) -> Evidence {
        _ = try await dialect()
        let command = plan.command
        switch command.kind {
        case .addDevice:
            guard let host = command.text("hostname") else { return .unseen("no host name is known") }
            let id = try await deviceID(named: host)
            return id.map { .done("the server has it as number \($0)") }
                ?? .not("the server does not have it")
        case .deleteDevice:
            let isThere = try await deviceRow(target.id) != nil
            if !isThere, plan.steps.isEmpty {
                return .unseen("the server has no such device; whether it was deleted now is open")
            }
            return isThere ? .not("the device is still there") : .done("the device is gone")
        case .updateDevice:
            guard let field = command.text("field"), let row = try await deviceRow(target.id) else {
                return .unseen("the server has no such device any more")
            }
            guard let now = row[field] else {
                return .unseen("the server does not say what \(Cleaning.clean(field)) is")
            }
            let words = Cleaning.clean(now.text ?? "nothing")
            let found = "\(Cleaning.clean(field)) is \(words.isEmpty ? "empty" : words)"
            let wanted = command.text("data") ?? ""
            if Self.isSame(now, wanted) { return .done(found) }
            if KeptText(wanted, as: now.text ?? "") == .altered {
                return .done("\(Cleaning.clean(field)) is kept as \(words)")
            }
            return .not("\(found), not \(wanted.isEmpty ? "empty" : Cleaning.clean(wanted))")
        case .maintenance: return try await maintenanceEvidence(plan, target)
        case .discoverDevice: return try await discoveryEvidence(plan, target)
        case .describePort: return try await descriptionEvidence(plan, target)
        default: return .unseen("LibreNMS has no command \(command.kind) here")
        }
    }

    /// The row of a device by its number; nil only where the API itself says that there is none.
    func deviceRow(_ id: DeviceID) async throws(BackendError) -> JSONValue? {
        try await deviceList(id) { $0["device_id"]?.id == id }?.array.first { $0["device_id"]?.id == id }
    }

    /// The list with a device's row, asked for by number or name; nil only where the API itself says that there is none.
    ///
    /// - Throws: also for an answer that has another row, or none: what is not said to be gone may be there.
    func deviceList(
        _ name: String, _ isWanted: (JSONValue) -> Bool
    ) async throws(BackendError) -> Rows? {
        let response = try await read(Path.device, ["id": name], priority: 0)
        if Verdict.saysGone("device", response) { return nil }
        guard let array = try Verdict.list("devices", in: response) else { return nil }
        if array.contains(where: isWanted) { return Rows(array: array) }
        // From 2016 to 2019 an unknown device is a row that names none.
        if array.count == 1, array.first?["device_id"] == nil, array.first?["hostname"] == nil { return nil }
        throw BackendError(
            .invalid,
            "the server answers without the device \(Cleaning.clean(name)), and does not say that it is gone"
        )
    }

    /// The number of a device by its host name; nil when there is none.
    ///
    /// A name of digits alone would be taken for a number, so it is looked for in the whole list.
    func deviceID(named host: String) async throws(BackendError) -> DeviceID? {
        let wanted = host.lowercased()
        let isWanted = { (row: JSONValue) in row["hostname"]?.text?.lowercased() == wanted }
        let list: Rows?
        if host.allSatisfy(\.isNumber) {
            list = try await rows("devices", Path.devices, priority: 0)
            if list?.array.contains(where: { $0["hostname"]?.text == nil }) == true {
                throw BackendError(.invalid, "the server does not say what all its devices are called")
            }
        } else {
            list = try await deviceList(host, isWanted)
        }
        return list?.array.first(where: isWanted)?["device_id"]?.text
    }

    /// Whether a field holds what was written; flags and numbers come in several spellings.
    static func isSame(_ value: JSONValue, _ text: String) -> Bool {
        if (value.text ?? "") == text { return true }
        if value.kind == .bool, let flag = value.flag { return text == (flag ? "1" : "0") }
        if value.kind == .object { return value["location"]?.text == text }
        guard let number = value.double, let wanted = Double(text) else { return false }
        return number == wanted
    }
}
