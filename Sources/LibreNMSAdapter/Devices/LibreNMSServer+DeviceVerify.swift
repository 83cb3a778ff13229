internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    /// What became of a command on devices, by what is read of each afterwards.
    func verifyDevices(
        _ plan: Plan, answers: [StepAnswer], telling: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        await following.outcomes(
            of: plan, { CommandAnswer($0, in: answers) }, telling: telling
        ) { open in
            var found: [EntityRef: Evidence] = [:]
            for target in open {
                do throws(BackendError) {
                    found[target] = try await evidence(plan, target)
                } catch {
                    found[target] = .unreadable(error)
                }
            }
            return found
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
            let now = row[field]
            let words = Cleaning.clean(now?.text ?? "nothing")
            let found = "\(Cleaning.clean(field)) is \(words.isEmpty ? "empty" : words)"
            let wanted = command.text("data") ?? ""
            if now.map({ Self.isSame($0, wanted) }) == true { return .done(found) }
            if KeptText(wanted, as: now?.text ?? "") == .altered {
                return .done("\(Cleaning.clean(field)) is kept as \(words)")
            }
            return .not("\(found), not \(wanted.isEmpty ? "empty" : Cleaning.clean(wanted))")
        case .maintenance:
            guard let isSilent = await isSilent(target) else {
                return .unseen("it can't be asked whether it is under maintenance")
            }
            if isSilent, plan.step(of: target)?.state == "under maintenance already" {
                return .unseen("it was under maintenance before, which can't be told from this one")
            }
            return isSilent ? .done("under maintenance") : .not("it is not under maintenance")
        default: return .unseen("LibreNMS has no command \(command.kind) here")
        }
    }

    /// The row of a device by its number; nil when there is none.
    func deviceRow(_ id: DeviceID) async throws(BackendError) -> JSONValue? {
        do {
            let list = try await rows("devices", Path.device, ["id": id], priority: 0)
            return list?.array.first { $0["device_id"]?.text == id }
        } catch {
            if error.kind == .missing { return nil }
            throw error
        }
    }

    /// The number of a device by its host name; nil when there is none.
    ///
    /// A name of digits alone would be taken for a number, so it is looked for in the whole list.
    func deviceID(named host: String) async throws(BackendError) -> DeviceID? {
        let wanted = host.lowercased()
        let isWanted = { (row: JSONValue) in row["hostname"]?.text?.lowercased() == wanted }
        if host.allSatisfy(\.isNumber) {
            let list = try await rows("devices", Path.devices, priority: 0)
            return list?.array.first(where: isWanted)?["device_id"]?.text
        }
        do {
            let list = try await rows("devices", Path.device, ["id": host], priority: 0)
            return list?.array.first(where: isWanted)?["device_id"]?.text
        } catch {
            let words = error.words.lowercased()
            guard error.kind == .missing, words.contains("not exist") || words.contains("not found") else {
                throw error
            }
            return nil
        }
    }

    /// Whether a device is under maintenance now; nil where the server does not say.
    func isSilent(_ device: EntityRef) async -> Bool? {
        guard withMemory({ $0.dialect?.offers("device_under_maintenance") }) == true,
            let response = try? await read(Path.maintenance, ["id": device.id], priority: 0),
            let root = try? Verdict.root(of: response)
        else { return nil }
        return root["is_under_maintenance"]?.flag
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
