import Canvas
import Dashboard
import Domain

/// Which devices of which sites have a place on the map.
///
/// What is bad has its place before anything good has: where there is too little room for all that is down, nothing
/// else is shown.
struct MapLayout {
    /// A site on the map.
    struct Site {
        /// What it is called.
        let name: String
        /// Its devices, the worst first.
        let devices: [DeviceStatus]
        /// How many of them have a place.
        fileprivate(set) var shown = 0
        /// The lines that they have.
        fileprivate(set) var lines = 0

        /// How many of a rank there are.
        fileprivate func count(_ rank: Int) -> Int { devices.count { SiteMap.rank($0) == rank } }
    }

    /// The columns between a name and its devices, and behind those.
    private static let gaps = 4
    /// Lines are not made shorter than this to have more of them beside each other.
    private static let shortest = 38
    /// The columns of ` +123` behind devices of which some are not shown.
    static let moreWidth = 6

    /// The sites in the order in which they are shown.
    private(set) var sites: [Site]
    /// How many lines stand beside each other.
    let columns: Int
    /// The columns of each.
    let columnWidth: Int
    /// The columns of a site's name.
    let nameWidth: Int
    /// The devices of a line.
    let room: Int
    /// The columns of a device: 2 where there is room to spare.
    let pitch: Int
    /// Whether everything has its place without a site being torn apart.
    let isRoomy: Bool
    /// The rows of the screen that are used.
    private(set) var height: Int

    init(_ sites: [SiteMap], silent: Set<BackendID>, width: Int, height: Int) {
        self.sites = Self.sorted(
            sites.map { site in
                let devices = site.devices.map { silent.contains($0.backend) ? .unknown : $0.status }
                return Site(
                    name: site.site.isEmpty ? "no location" : site.site,
                    devices: devices.sorted { SiteMap.rank($0) < SiteMap.rank($1) })
            })
        let longest = self.sites.map { CharacterWidth.of($0.name) }.max() ?? 0
        // A longer line has room for more of a name.
        func nameWidth(_ columns: Int) -> Int { min(longest, max(14, width / columns / 4), 30) }
        func room(_ columns: Int, _ pitch: Int) -> Int {
            max(1, (width / columns - nameWidth(columns) - Self.gaps) / pitch)
        }
        let most = max(1, width / Self.shortest)
        var chosen = (columns: most, pitch: 1)
        var isRoomy = false
        search: for pitch in [2, 1] {
            for columns in 1...most {
                let needed = Self.columnsNeeded(
                    self.sites, room: room(columns, pitch), height: height)
                guard needed <= columns else { continue }
                chosen = (columns, pitch)
                isRoomy = true
                break search
            }
        }
        (columns, pitch) = chosen
        self.isRoomy = isRoomy
        columnWidth = width / chosen.columns
        self.nameWidth = nameWidth(chosen.columns)
        self.room = room(chosen.columns, chosen.pitch)
        self.height = height
        give(max(0, chosen.columns * height))
        if chosen.columns == 1 { self.height = min(height, self.sites.reduce(0) { $0 + $1.lines }) }
    }

    /// Sites with the largest part down first, then those with the largest part that is not known.
    private static func sorted(_ sites: [Site]) -> [Site] {
        sites.map { site -> (site: Site, down: Double, unknown: Double) in
            let all = Double(max(1, site.devices.count))
            let down = Double(site.count(0) + site.count(1)) / all
            return (site, down, Double(site.count(2)) / all)
        }.sorted { a, b in
            if a.down != b.down { return a.down > b.down }
            return a.unknown != b.unknown ? a.unknown > b.unknown : a.site.name < b.site.name
        }.map(\.site)
    }

    /// How many columns are needed where no site is torn apart at the foot of one.
    private static func columnsNeeded(_ sites: [Site], room: Int, height: Int) -> Int {
        var columns = 1
        var line = 0
        for site in sites {
            let lines = (site.devices.count + room - 1) / room
            if lines > height { return .max }
            if line > 0, line + lines > height {
                columns += 1
                line = 0
            }
            line += lines
        }
        return columns
    }

    /// Gives lines to sites: first for what is down everywhere, then for what is partly up, then for what is not
    /// known, then a line for each, then what they need.
    private mutating func give(_ lines: Int) {
        var left = lines
        func need(_ devices: Int) -> Int { (devices + room - 1) / room }
        for rank in 0...2 {
            var isFull = false
            for place in sites.indices {
                let wanted = sites[place].shown + sites[place].count(rank)
                let more = min(left, need(wanted) - sites[place].lines)
                sites[place].lines += more
                left -= more
                sites[place].shown = min(wanted, sites[place].lines * room)
                if sites[place].shown < wanted { isFull = true }
            }
            if isFull { return }
        }
        for place in sites.indices where sites[place].lines == 0 && left > 0 {
            sites[place].lines = 1
            left -= 1
        }
        for place in sites.indices {
            let more = min(left, need(sites[place].devices.count) - sites[place].lines)
            if more > 0 {
                sites[place].lines += more
                left -= more
            }
            let bad = sites[place].shown
            let places = sites[place].lines * room
            if places >= sites[place].devices.count {
                sites[place].shown = sites[place].devices.count
            } else {
                // What follows the last device says how many have no place.
                sites[place].shown = max(bad, places - (Self.moreWidth + pitch - 1) / pitch)
            }
        }
    }

    /// The statuses without a place, of sites that don't say so themselves.
    var missing: [DeviceStatus: Int] {
        var missing: [DeviceStatus: Int] = [:]
        for site in sites where more(of: site) == nil {
            for status in site.devices.dropFirst(site.shown) { missing[status, default: 0] += 1 }
        }
        return missing
    }

    /// How many devices of a site have no place, where it has room to say so.
    func more(of site: Site) -> Int? {
        let rest = site.devices.count - site.shown
        let free = (site.lines * room - site.shown) * pitch
        return rest > 0 && free >= Self.moreWidth ? rest : nil
    }
}
