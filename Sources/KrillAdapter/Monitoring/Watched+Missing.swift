internal import AdapterKit
internal import JSON

extension Watched {
    /// The objects of a list; what can't be told apart is noted.
    ///
    /// - Parameter title: what the rows are called, in the plural.
    static func all(in rows: JSONArray, of title: String, noting missing: inout MissingFields) -> [Watched] {
        rows.compactMap { row in
            guard let object = Watched(row) else {
                missing.note(row["attrs"]?.object == nil ? "attrs" : "name", of: title)
                return nil
            }
            if object.lacks.contains(.name) { missing.note("name", of: title) }
            return object
        }
    }

    /// Notes what of a problem is not said: whether it is one at all, whether somebody took it, and what else is wrong
    /// because of it.
    func noteMissing(of title: String, in missing: inout MissingFields) {
        if problem == nil { missing.note("problem", of: title) }
        guard isProblemKnown != false else { return }
        if state == nil { missing.note("state", of: title) }
        if handled == nil { missing.note("handled", of: title) }
        if acknowledged == nil { missing.note("acknowledged", of: title) }
        if downtime == nil { missing.note("downtime", of: title) }
        guard isHost else { return }
        // Many CPEs of one PON that are down are one alert, which needs their PONs.
        if lacks.contains(.variables) { missing.note("vars", of: title) }
        if lacks.contains(.administration) { missing.note("administrative_info", of: title) }
        if isCPE { noteMissingPlace(of: title, in: &missing) }
    }

    /// Notes that nothing says which PON a CPE is on, or that what says it does not agree.
    func noteMissingPlace(of title: String, in missing: inout MissingFields) {
        let isOptical = crm.tech.isEmpty || crm.tech == "gpon"
        if registration.isDoubtful || (isOptical && lacks.contains(.registration)) {
            missing.note("cpe_registration_tags", of: title)
        }
    }
}
