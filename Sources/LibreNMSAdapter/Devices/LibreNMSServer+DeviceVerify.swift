internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    /// What became of a command on devices, by what is read of each afterwards.
    func verifyDevices(_ plan: Plan, answers: [StepAnswer]) async -> [Outcome] {
        let targets = plan.steps.isEmpty ? plan.command.targets : plan.steps.map(\.entity)
        var outcomes: [Outcome] = []
        for target in targets {
            let answer = CommandAnswer(target, in: answers)
            do {
                outcomes.append(try await outcome(plan, target, answer))
            } catch {
                outcomes.append(answer.outcome(target, unreadable: error))
            }
        }
        return outcomes
    }

    private func outcome(
        _ plan: Plan, _ target: EntityRef, _ answer: CommandAnswer
    ) async throws(BackendError) -> Outcome {
        _ = try await dialect()
        let command = plan.command
        switch command.kind {
        case .addDevice:
            guard let host = command.text("hostname") else {
                return Outcome(target, .unknown, "no host name is known")
            }
            let id = try await deviceID(named: host)
            return answer.outcome(
                target, isAsWanted: id != nil,
                id.map { "the server has it as number \($0)" } ?? "the server does not have it")
        case .deleteDevice:
            let isThere = try await deviceRow(target.id) != nil
            if !isThere, plan.steps.isEmpty {
                return Outcome(
                    target, .unknown, "the server has no such device; whether it was deleted now is open")
            }
            return answer.outcome(
                target, isAsWanted: !isThere, isThere ? "the device is still there" : "the device is gone")
        case .updateDevice:
            guard let field = command.text("field"), let row = try await deviceRow(target.id) else {
                return Outcome(target, .failed, "the server has no such device")
            }
            let now = row[field]
            let words = Cleaning.clean(now?.text ?? "nothing")
            return answer.outcome(
                target, isAsWanted: now.map { Self.isSame($0, command.text("data") ?? "") } ?? false,
                "\(Cleaning.clean(field)) is \(words.isEmpty ? "empty" : words)")
        case .maintenance:
            guard let isSilent = await isSilent(target) else {
                return answer == .done
                    ? Outcome(target, .accepted, "the server said ok; it can't be asked whether it is so")
                    : answer.outcome(target, isAsWanted: false, "whether it is silent can't be read")
            }
            let step = plan.steps.first { $0.entity == target }
            if isSilent, step?.state == "under maintenance already" {
                guard case .done = answer else {
                    return Outcome(
                        target, .unknown, "it was under maintenance before, so nothing shows which")
                }
                return Outcome(target, .accepted, "under maintenance; it was so before")
            }
            return answer.outcome(
                target, isAsWanted: isSilent, isSilent ? "under maintenance" : "not under maintenance")
        default: return Outcome(target, .unknown, "LibreNMS has no command \(command.kind) here")
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
