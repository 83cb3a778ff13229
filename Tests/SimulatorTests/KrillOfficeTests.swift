import Foundation
import Simulator
import Testing

@Suite("what Krill's lesser applications hold") struct KrillOfficeTests {
    @Test("a lease has the line, its MAC, the address and when it began and ends, and is found by MAC")
    func leases() async throws {
        try await withKrill { client in
            for version in ["v4", "v6"] {
                let all = try await client.get("kermit/ip\(version)-leases/?limit=1000").results
                let lease = try #require(all.last)
                for field in ["cpename", "hwaddress", "address", "starts", "expires"] {
                    #expect((lease[field] as? String)?.isEmpty == false, "\(field)")
                }
                let mac = try #require(lease["hwaddress"] as? String)
                let own = try await client.get("kermit/ip\(version)-leases/?hwaddress=\(mac)").results
                #expect(own.map { $0["address"] as? String } == [lease["address"] as? String])
            }
        }
    }

    @Test("a member of a queue is put out of service in this exchange alone, and the log says who did it")
    func queues() async throws {
        try await withKrill { client in
            let path = "pbx/pbxs/1/queues/1/"
            let before = try #require(try await client.get(path).json["members"] as? [[String: Any]])
            #expect(before.allSatisfy { $0["paused"] as? Bool == false })
            let member = try #require(before.first?["extension"] as? Int)
            let body = #"{"members": [{"extension": \#(member), "paused": true}]}"#
            #expect(try await client.send("PATCH", path, body).status == 200)
            let after = try #require(try await client.get(path).json["members"] as? [[String: Any]])
            #expect(after.map { $0["paused"] as? Bool } == [true])
            let other = try #require(
                try await client.get("pbx/pbxs/2/queues/1/").json["members"] as? [[String: Any]])
            #expect(other.count == before.count)
            let log = try await client.get("logger/admin-logs/").results
            #expect(log.first?["user"] as? String == "noc")
            #expect(log.first?["content_type"] as? String == "queue")
            #expect(log.first?["change_message"] as? String == "Changed members.")
            #expect(try await client.get("pbx/pbxs/99/queues/").status == 404)
            #expect(try await client.send("POST", "pbx/pbxs/99/queues/", #"{"name": "x"}"#).status == 404)
        }
    }

    @Test("OPTIONS says how long a string may be, and a longer one is refused at its field")
    func lengths() async throws {
        try await withKrill { client in
            let options = try await client.send("OPTIONS", "rubik/products/").json
            let name =
                ((options["actions"] as? [String: Any])?["POST"] as? [String: Any])?["name"] as? [String: Any]
            #expect(name?["max_length"] as? Int == 255)
            #expect(name?["required"] as? Bool == true)
            let body = #"{"name": "\#(String(repeating: "x", count: 256))"}"#
            let refused = try await client.send("POST", "rubik/products/", body)
            #expect(refused.status == 400 && refused.text.contains("no more than 255 characters"))
            #expect(try await client.send("POST", "rubik/products/", #"{"name": "FTTH"}"#).status == 201)
            let all = try await client.get("rubik/products/?limit=100").results
            #expect(all.last?["name"] as? String == "FTTH")
        }
    }
}
