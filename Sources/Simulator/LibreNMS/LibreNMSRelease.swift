/// The releases of LibreNMS whose answers the simulator gives.
public enum LibreNMSRelease: Sendable, Equatable, CaseIterable {
    /// 26.7, on Laravel: typed values, roles, `/ports`.
    case modern
    /// 201603, on Slim: every value a string, no roles, ports per device.
    case release2016

    var isModern: Bool { self == .modern }

    /// How the release prints JSON, on a server whose clock is so many seconds east of UTC.
    func style(zone: Int) -> JSONStyle {
        JSONStyle(
            scalars: isModern ? .raw : .quoted, isPretty: true, escapesSlashes: isModern,
            escapesNonASCII: isModern, zone: zone)
    }

    /// The shape of the rows of a list.
    var listShape: Shapes { isModern ? .list : .old }

    /// The shape of a single device, which newer releases cast to other types than in a list.
    var detailShape: Shapes { isModern ? .detail : .old }
}

/// Where a LibreNMS column appears.
extension Shapes {
    static let old = Shapes(rawValue: 1)
    static let list = Shapes(rawValue: 2)
    static let detail = Shapes(rawValue: 4)
    /// Only in the answer about a single port.
    static let single = Shapes(rawValue: 8)

    static let modern: Shapes = [.list, .detail]
    static let all: Shapes = [.old, .list, .detail]
}
