import Simulator

/// The published table of URIs, one line each: path, part of the API, and the methods with the status that an empty
/// body gets; without one it is 200 for GET and PATCH, 400 for POST and PUT, 204 for DELETE.
enum BondingTable {
    struct Line: Sendable, CustomStringConvertible {
        let path: String
        let area: String
        let methods: [String: Int]

        var description: String { path }
    }

    static let lines: [Line] = text.split(separator: "\n").map { line in
        let words = line.split(separator: " ").map(String.init)
        let methods = words.dropFirst(2).map { word -> (String, Int) in
            let parts = word.split(separator: "=")
            let usual = ["GET": 200, "PATCH": 200, "DELETE": 204][String(parts[0])] ?? 400
            return (String(parts[0]), parts.count > 1 ? Int(parts[1]) ?? 0 : usual)
        }
        return Line(
            path: words[0] == "/" ? "" : words[0], area: words[1],
            methods: Dictionary(uniqueKeysWithValues: methods))
    }

    private static let text = """
        / bonds GET
        nodes/ network GET
        nodes/1/ network GET
        aggregators/ network GET POST
        aggregators/1/ network GET PUT PATCH DELETE=400
        aggregators/1/bonds/ network GET
        aggregators/1/bonds_secondary/ network GET
        aggregators/1/bonds_current/ network GET
        bonders/ context GET
        bonders/{bonder}/ context GET PUT PATCH
        qos/ context GET
        qos/1/ context GET PUT PATCH DELETE=400
        qos/1/bonds/ context GET
        bonds/ bonds GET POST
        bonds/1/ bonds GET PUT PATCH DELETE
        bonds/1/downtime_prevented/ bonds GET
        bonds/1/restart/ bonds POST=200
        bonds/1/detect_leg_mtus/ bonds POST=202
        bonds/1/restore_to_primary_agg/ bonds POST=202
        bonds/1/legs/ bonds GET
        bonds/1/legs/{leg}/ bonds GET
        bonds/1/legs/{leg}/detect_mtus/ bonds POST=202
        bonds/1/legs/{leg}/state_history/ bonds GET
        bonds/1/dhcp_legs/ bonds GET POST
        {dhcp}/ bonds GET PUT PATCH DELETE
        {dhcp}/detect_mtus/ bonds POST=202
        {dhcp}/state_history/ bonds GET
        {dhcp}/renew/ bonds POST=202
        bonds/1/static_legs/ bonds GET POST
        {static}/ bonds GET PUT PATCH DELETE
        {static}/detect_mtus/ bonds POST=202
        {static}/state_history/ bonds GET
        bonds/1/pppoe_legs/ bonds GET POST
        {pppoe}/ bonds GET PUT PATCH DELETE
        {pppoe}/detect_mtus/ bonds POST=202
        {pppoe}/state_history/ bonds GET
        bonds/1/mobilebroadband_legs/ bonds GET POST
        {mobilebroadband}/ bonds GET PUT PATCH DELETE
        {mobilebroadband}/detect_mtus/ bonds POST=202
        {mobilebroadband}/state_history/ bonds GET
        bonds/1/connected_ips/ bonds GET POST
        bonds/1/connected_ips/1/ bonds GET PUT PATCH DELETE
        bonds/1/cpe_nat_ips/ bonds GET POST
        bonds/1/cpe_nat_ips/1/ bonds GET PUT PATCH DELETE
        bonds/1/routes/ bonds GET POST
        bonds/1/routes/1/ bonds GET PUT PATCH DELETE
        bonds/1/speedtests/ bonds GET POST=201
        bonds/1/speedtests/1/ bonds GET
        bonds/1/tuners/ bonds GET POST=201
        bonds/1/tuners/1/ bonds GET
        bonds/1/tuners/1/cancel/ bonds POST=200
        bonds/1/tuners/1/accept/ bonds POST
        bonds/1/tuners/1/decline/ bonds POST
        bonds/1/legs/{leg}/tuners/ bonds GET POST=201
        bonds/1/legs/{leg}/tuners/2/ bonds GET
        bonds/1/legs/{leg}/tuners/2/cancel/ bonds POST=200
        bonds/1/legs/{leg}/tuners/2/accept/ bonds POST
        bonds/1/legs/{leg}/tuners/2/decline/ bonds POST
        ipallocations/ network GET POST
        ipallocations/1/ network GET PUT PATCH DELETE
        ipallocations/1/assigned_routing_groups/ network GET POST
        ipallocations/1/assigned_routing_groups/1/ network GET DELETE
        mobileproviderprofiles/ context GET POST
        mobileproviderprofiles/1/ context GET PUT PATCH DELETE=400
        users/ people GET POST
        users/1/ people GET PUT PATCH DELETE
        groups/ people GET POST
        groups/1/ people GET PUT PATCH DELETE=400
        permissions/ people GET
        spaces/ context GET POST
        spaces/2/ context GET PUT PATCH DELETE=400
        spaces/2/statistics/ context GET
        spaces/2/statistics/users/ context GET
        spaces/2/statistics/bonds/ context GET
        spaces/2/statistics/qos_profiles/ context GET
        spaces/2/statistics/speed_tests/ context GET
        spaces/2/statistics/aggregators/ context GET
        spaces/2/statistics/connected_ips/ context GET
        spaces/2/statistics/routes/ context GET
        spaces/2/statistics/cpe_nat_ips/ context GET
        spaces/2/statistics/legs/ context GET
        spaces/2/statistics/bonders/ context GET
        spaces/1/ip_allocations/ network GET POST
        spaces/1/ip_allocations/1/ network GET PUT PATCH DELETE
        spaces/2/delegated_ip_allocations/ network GET POST
        spaces/2/delegated_ip_allocations/1/ network GET
        system/ system GET
        system/status/ system GET
        system/status/configupdates/ system GET
        system/status/downtime_prevented/ system GET
        system/status/bondingversion/ system GET
        system/status/repositories/ system GET
        system/status/tlsinfo/ system GET
        system/status/aggfailover/ system GET
        system/status/backups/ system GET
        system/status/backups/latest-backup/ system GET
        system/tasks/ system GET
        system/tasks/createisos/ system POST=202
        system/versions/ system GET
        system/timezones/ system GET
        system/mobilebroadbandproviderapns/ system GET
        system/isos/ system GET
        settings/ system GET PUT PATCH
        self/ bonds GET
        """
}
