internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What a maintenance silences: a device, or all devices of a group or a location.
private struct Silenced {
    /// What it is called: `sw1.example.net`, `group Core`.
    let name: String
    let path: PathTemplate
    /// What the path calls it.
    let parameter: String
    /// How it was before, in words.
    var state: String
    /// Its devices, or why they can't be read.
    let devices: Result<[DeviceID], BackendError>

    /// How many devices that is: `12 devices`, `? devices`.
    var count: String {
        guard case .success(let devices) = devices else { return "? devices" }
        return "\(Quantity.count(devices.count)) device\(devices.count == 1 ? "" : "s")"
    }
}

extension LibreNMSServer {
    /// How a target is known to have been silent before, so that nothing shows what a new maintenance does.
    private static let silentBefore = "under maintenance already"
    /// Of a group or location, so many devices are asked whether they are under maintenance.
    private static let watchedDevices = 3
    /// Which they are, by number.
    private static let watched: FieldKey = "watched"

    func maintenancePlan(_ command: Command) async throws(BackendError) -> Plan {
        let dialect = try await dialect()
        let offered = CommandDescriptor.maintenance(dialect).targets
        guard dialect.offers("maintenance_device") else {
            throw BackendError(.unsupported, "this LibreNMS has no maintenance by its API")
        }
        let duration = try Self.duration(command.text("duration"))
        var body: [JSONTree.Member] = [.init("duration", .string(duration))]
        for key in ["title", "notes"] {
            if let text = command.text(FieldKey(rawValue: key)) { body.append(.init(key, .string(text))) }
        }
        var plan = Plan(command)
        for target in command.targets {
            guard offered.contains(target.kind) else {
                throw BackendError(.unsupported, "this LibreNMS has no maintenance of a \(target.kind)")
            }
            guard let silenced = try await self.silenced(target, dialect) else {
                plan.excluded.append(.gone(target))
                continue
            }
            var step = Plan.Step(
                target, name: silenced.name, state: silenced.state,
                request: self.step(.post, silenced.path, [silenced.parameter: target.id], body: body))
            await watch(silenced, in: &step)
            plan.steps.append(step)
            let whose = target.kind == .device ? "no alert" : "no alert of its \(silenced.count)"
            plan.summary.append("\(silenced.name): \(whose) is told for \(duration) hours.")
            if case .failure(let error) = silenced.devices {
                plan.warnings.append("Which devices are in \(silenced.name) can't be read: \(error.words)")
            }
        }
        plan.shorten()
        return plan
    }

    /// The server wants hours and minutes: `1:30`.
    private static func duration(_ text: String?) throws(BackendError) -> String {
        let words = "a maintenance needs a duration, such as 2 h, 90 m or 1:30"
        guard let text else { throw BackendError(.invalid, words) }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        var minutes: Int?
        if parts.count == 2, let hours = parts[0], let rest = parts[1], (0...59).contains(rest), hours >= 0 {
            minutes = hours * 60 + rest
        } else if let reading = Quantity.read(text), reading.unit == .time {
            minutes = Int(exactly: (reading.number / 60).rounded())
        }
        guard let minutes, (1...525_600).contains(minutes) else { throw BackendError(.invalid, words) }
        return "\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
    }

    // MARK: What is silenced

    /// Reads what a target stands for; nil where the server says that there is no such thing.
    private func silenced(
        _ target: EntityRef, _ dialect: Dialect
    ) async throws(BackendError) -> Silenced? {
        switch target.kind {
        case .group:
            guard let group = try await wireGroup(target.id) else { return nil }
            let devices: Result<[DeviceID], BackendError>
            do { devices = .success(try await self.devices(of: group, dialect)) } catch {
                devices = .failure(error)
            }
            return Self.all(of: "group \(group.title)", Path.groupMaintenance, "name", devices)
        case .location:
            guard let location = try await wireLocation(target.id) else { return nil }
            let devices: Result<[DeviceID], BackendError>
            do { devices = .success(try await self.devices(at: location)) } catch {
                devices = .failure(error)
            }
            return Self.all(of: "location \(location.title)", Path.locationMaintenance, "location", devices)
        default:
            guard let row = try await deviceRow(target.id) else { return nil }
            let status = DeviceRows.status(
                disabled: row["disabled"]?.bit, ignored: row["ignore"]?.bit, answers: row["status"]?.bit)
            return Silenced(
                name: Cleaning.clean(row["hostname"]?.text ?? "device \(target.id)"),
                path: Path.maintenance, parameter: "id", state: status?.rawValue ?? "status not known",
                devices: .success([target.id]))
        }
    }

    private static func all(
        of name: String, _ path: PathTemplate, _ parameter: String,
        _ devices: Result<[DeviceID], BackendError>
    ) -> Silenced {
        var silenced = Silenced(
            name: name, path: path, parameter: parameter, state: "", devices: devices)
        silenced.state = silenced.count
        return silenced
    }

    /// Remembers some devices that nobody silenced yet: they will show that the maintenance began.
    private func watch(_ silenced: Silenced, in step: inout Plan.Step) async {
        guard case .success(let devices) = silenced.devices else { return }
        var loud: [DeviceID] = []
        var isAnySilent = false
        for device in devices.prefix(Self.watchedDevices) {
            switch await isSilent(device) {
            case true?: isAnySilent = true
            case false?: loud.append(device)
            case nil: break
            }
        }
        if loud.isEmpty, isAnySilent { step.state = Self.silentBefore }
        step.before[Self.watched] = .text(loud.joined(separator: ","))
    }

    // MARK: What became of it

    func maintenanceEvidence(
        _ plan: Plan, _ target: EntityRef
    ) async throws(BackendError) -> Evidence {
        if target.kind == .device { return await deviceEvidence(plan, target) }
        guard let step = plan.step(of: target) else {
            // After a crash it is not known what was so before, so that only the contrary tells anything.
            guard let silenced = try await self.silenced(target, try await dialect()) else {
                return .unseen("the server has no such \(target.kind) any more")
            }
            let devices = try silenced.devices.get().prefix(Self.watchedDevices)
            let found = await silence(of: Array(devices))
            if case .done = found { return .unseen("its devices are under maintenance, by this or another") }
            return found
        }
        guard case .text(let text)? = step.before[Self.watched], !text.isEmpty else {
            return .unseen(
                step.state == Self.silentBefore
                    ? "its devices were under maintenance before, which can't be told from this one"
                    : "no device of it can be asked whether it is under maintenance")
        }
        return await silence(of: text.split(separator: ",").map(String.init))
    }

    private func deviceEvidence(_ plan: Plan, _ target: EntityRef) async -> Evidence {
        guard let isSilent = await isSilent(target.id) else {
            return .unseen("it can't be asked whether it is under maintenance")
        }
        if isSilent, plan.step(of: target)?.state == Self.silentBefore {
            return .unseen("it was under maintenance before, which can't be told from this one")
        }
        return isSilent ? .done("under maintenance") : .not("it is not under maintenance")
    }

    /// Whether devices of a group or location are under maintenance, all that are asked.
    private func silence(of devices: [DeviceID]) async -> Evidence {
        var silent = 0
        var loud = 0
        for device in devices {
            switch await isSilent(device) {
            case true?: silent += 1
            case false?: loud += 1
            case nil: break
            }
        }
        switch (silent, loud) {
        case (0, 0): return .unseen("no device of it can be asked whether it is under maintenance")
        case (_, 0): return .done("under maintenance, as \(silent) of its devices say")
        case (0, _): return .not("its devices are not under maintenance")
        default: return .pending("\(silent) of \(silent + loud) of its devices are under maintenance")
        }
    }

    /// Whether a device is under maintenance now; nil where the server does not say.
    private func isSilent(_ device: DeviceID) async -> Bool? {
        guard withMemory({ $0.dialect?.offers("device_under_maintenance") }) == true,
            let response = try? await read(Path.maintenance, ["id": device], priority: 0),
            let root = try? Verdict.root(of: response)
        else { return nil }
        return root["is_under_maintenance"]?.bit
    }
}
