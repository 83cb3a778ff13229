extension Walk.Manners {
    /// What is typed at LibreNMS, which does not say which fields it takes.
    static let libreNMSBodies: [String: String] = [
        "POST /devices":
            #"{"hostname": "198.51.100.99", "version": "v2c", "community": "public", "force_add": true}"#,
        "PATCH /devices/{id}": #"{"field": "notes", "data": "moved"}"#,
        "POST /devices/{id}/maintenance": #"{"duration": "1:00", "title": "works"}"#,
        "POST /devices/{id}/parents": #"{"parent_ids": "3"}"#,
        "POST /devices/{id}/eventlog": #"{"text": "looked at", "severity": 1}"#,
        "PUT /devices/{id}/components": #"{"1": {"label": "other"}}"#,
        "POST /devicegroups":
            #"{"name": "new-group", "type": "static", "devices": [1, 2], "desc": "of a test"}"#,
        "PATCH /devicegroups/{name}": #"{"desc": "moved"}"#,
        "POST /devicegroups/{name}/devices": #"{"devices": [1]}"#,
        "DELETE /devicegroups/{name}/devices": #"{"devices": [1]}"#,
        "POST /devicegroups/{name}/maintenance": #"{"duration": "1:00", "title": "works"}"#,
        "POST /bgp/{bgpPeer_id}": #"{"bgp_descr": "upstream"}"#,
        "PUT /alerts/{id}": #"{"note": "seen", "until_clear": false}"#,
        "POST /rules":
            #"{"devices": [-1], "name": "New rule", "severity": "warning", "builder": {"condition": "AND", "rules": [{"id": "devices.status", "field": "devices.status", "type": "integer", "input": "radio", "operator": "equal", "value": "0"}], "valid": true}}"#,
        "PUT /rules":
            #"{"rule_id": 1, "devices": [-1], "name": "Other rule", "severity": "warning", "builder": {"condition": "AND", "rules": [{"id": "devices.status", "field": "devices.status", "type": "integer", "input": "radio", "operator": "equal", "value": "0"}], "valid": true}}"#,
        "POST /alert_templates": #"{"name": "new", "template": "{{ $alert->title }}"}"#,
        "PUT /alert_templates": #"{"template_id": 1, "name": "other", "template": "{{ $alert->title }}"}"#,
        "POST /bills":
            #"{"bill_name": "New", "bill_type": "cdr", "bill_cdr": 1000000, "bill_day": 1, "bill_custid": "", "bill_ref": "", "bill_notes": "", "dir_95th": "in"}"#,
        "PATCH /ports/{id}/description": #"{"description": "uplink"}"#,
        "PATCH /ports/transceiver/metric/{metric}": #"{"threshold_max_warning": 5}"#,
        "POST /port_groups": #"{"name": "new", "desc": "of a test"}"#,
        "POST /port_groups/{id}/assign": #"{"port_ids": [1]}"#,
        "POST /port_groups/{id}/remove": #"{"port_ids": [1]}"#,
        "POST /locations": #"{"location": "New place", "lat": 48.1, "lng": 11.5}"#,
        "PATCH /locations/{location}": #"{"lat": 48.2, "lng": 11.6}"#,
        "POST /locations/{location}/maintenance": #"{"duration": "1:00", "title": "works"}"#,
        "POST /syslogsink": #"[{"host": "198.51.100.1", "msg": "up"}]"#,
        "POST /services/{hostname}":
            #"{"type": "icmp", "ip": "198.51.100.1", "desc": "of a test", "param": "C=1", "ignore": 0}"#,
        "PATCH /services/{service_id}": #"{"service_desc": "moved"}"#,
    ]
}
