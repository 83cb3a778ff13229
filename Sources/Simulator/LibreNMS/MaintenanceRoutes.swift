extension LibreNMSCall {
    /// `POST /devices/:hostname/maintenance`: nobody is notified of its alerts for a while.
    func beginMaintenance() -> Reply {
        guard role == .admin else { return unauthorized() }
        guard let body, !body.isEmptyInPHP else {
            return failed(400, "No information has been provided to set this device into maintenance")
        }
        guard let device else { return failed(404, "Device \(self["hostname"]) not found") }
        return silence([device], "Device \(device.device.hostname) (\(device.device.id))", as: body)
    }

    /// `POST /devicegroups/:name/maintenance`: the same for all of a group.
    func beginGroupMaintenance() -> Reply {
        guard role == .admin else { return unauthorized() }
        guard let body, !body.isEmptyInPHP else {
            return failed(400, "No information has been provided to set this device into maintenance")
        }
        let name = self["name"]
        guard let group = view.deviceGroups.first(where: { $0.name == name || $0.id == Int(name) }) else {
            return failed(404, "Device group \(name) not found")
        }
        let devices = view.devices.filter(group.contains)
        return silence(devices, "Device group \(group.name) (\(group.id))", as: body)
    }

    /// `POST /locations/:location/maintenance`: the same for all at a location, by its number or name.
    func beginLocationMaintenance() -> Reply {
        guard role == .admin else { return unauthorized() }
        guard let body, !body.isEmptyInPHP else {
            return failed(400, "No information has been provided to set this location into maintenance")
        }
        guard !body["duration"].isEmptyInPHP else { return failed(400, "Duration not provided") }
        let name = self["location"]
        guard let site = Site.all.first(where: { $0.location == name || $0.id == Int(name) }) else {
            return failed(404, "Location \(name) does not exist")
        }
        let devices = view.devices.filter { $0.device.location != nil && $0.device.site.id == site.id }
        return silence(devices, "Location \(site.location) (\(site.id))", as: body)
    }

    private func silence(_ devices: [DeviceRow], _ title: String, as body: Input) -> Reply {
        guard !body["duration"].isEmptyInPHP else { return failed(400, "Duration not provided") }
        let duration = body["duration"].phpText
        let parts = duration.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        let seconds = parts[0] &* 3_600 &+ (parts.count > 1 ? parts[1] &* 60 : 0)
        let start: Int
        let words: String
        if let text = body["start"].text {
            guard let time = Moment.seconds(reading: text) else { return broken() }
            start = time - style.zone
            words = "will begin maintenance mode at \(text)"
        } else {
            start = view.time(view.tick) / 60 * 60
            words = "moved into maintenance mode"
        }
        view.changeDevices { register in
            for device in devices {
                register = register.silencing(device.device.id, .init(start: start, end: start &+ seconds))
            }
        }
        return wordsOnly(201, "\(title) \(words) for \(duration)h")
    }

    /// `GET /devices/:hostname/maintenance`: whether it is under maintenance now.
    func isUnderMaintenance() -> Reply {
        guard let device else { return failed(404, "Device \(self["hostname"]) not found") }
        return json(
            200,
            [
                "status": "ok",
                "is_under_maintenance": .literal(String(view.isUnderMaintenance(device.device.id))),
            ])
    }
}
