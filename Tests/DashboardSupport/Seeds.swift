import Foundation

/// With how many seeds a property is tried: a quarter while working, all where `NOCTURNE_SEEDS=all`, as in CI.
enum Seeds {
    private static let isAll = ProcessInfo.processInfo.environment["NOCTURNE_SEEDS"] == "all"

    static func of(_ count: UInt64) -> Range<UInt64> { 0..<(isAll ? count : max(2, count / 4)) }
}
