internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension LibreNMSServer {
    /// Reads all locations; none is a 404.
    func refreshLocations(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        let list = try await rows("locations", Path.locations)
        let resource = ResourceDescriptor.location
        var builder = TableBuilder(resource, backend)
        for location in list?.array.compactMap({ WireLocation($0) }) ?? [] {
            builder.begin(entity(.location, location.id))
            builder.set(resource.place(of: .name), text: location.title)
            builder.set(resource.place(of: "latitude"), number: location.row["lat"]?.double)
            builder.set(resource.place(of: "longitude"), number: location.row["lng"]?.double)
            builder.set(resource.place(of: "fixed"), flag: location.row["fixed_coordinates"]?.bit)
        }
        let completeness = list?.without("id", builder.count, "locations") ?? .complete
        sink.add(builder.finish(), covering: .everything)
        return completeness
    }

    /// A location by its number; nil where the server names all of them, and none is that.
    func wireLocation(_ id: String) async throws(BackendError) -> WireLocation? {
        guard let list = try await rows("locations", Path.locations, priority: 0) else { return nil }
        let locations = list.array.compactMap { WireLocation($0) }
        if let location = locations.first(where: { $0.id == id }) { return location }
        if case .partial(let words) = list.without("id", locations.count, "locations") {
            throw BackendError(.invalid, "the server does not name all its locations: \(words)")
        }
        return nil
    }

    /// Everything about a location: its fields and its devices.
    func locationDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        guard let location = try await wireLocation(entity.id) else {
            throw BackendError(
                .missing, "the server has no location \(Cleaning.clean(entity.id)) any more")
        }
        var sections = fields.sections(location.row, [FieldGroup(title: "Location", takesAll: true)])
        do throws(BackendError) {
            sections.append(deviceSection(try await devices(at: location)))
        } catch {
            sections.append(Detail.Section("Devices", [.unreadable(because: error.words)]))
        }
        return Detail(entity, title: location.title, sections: sections)
    }

    /// The devices at a location.
    ///
    /// A release that does not know the question answers with all devices, so each is looked at.
    func devices(at location: WireLocation) async throws(BackendError) -> [DeviceID] {
        if withMemory({ $0.deviceNames.isEmpty }) { _ = try? await readDevices() }
        let query = [("type", "location_id"), ("query", location.id)]
        guard let list = try await rows("devices", Path.devices, query: query, priority: 0) else { return [] }
        var missing = MissingFields()
        var devices: [DeviceID] = []
        for row in list.array {
            guard let device = row["device_id"]?.id else {
                missing.note("device_id", of: "devices")
                continue
            }
            // Null is no location; what is left out is not known.
            guard let place = row["location_id"], place.isNull || place.id != nil else {
                missing.note("location_id", of: "devices")
                continue
            }
            if place.id == location.id { devices.append(device) }
        }
        if case .partial(let words) = missing.completeness {
            throw BackendError(.invalid, "the server tells its devices only in part: \(words)")
        }
        return devices
    }
}
