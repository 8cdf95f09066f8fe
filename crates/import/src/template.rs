//! The documented templates: a head and two or three rows in our own words.

use crate::Kind;

/// The CSV template of a kind of file.
#[must_use]
pub const fn template(kind: Kind) -> &'static str {
    match kind {
        Kind::Organization => {
            "name,kind,city,region,url\n\
             Lantern Bay Community College,college,Houston,Texas,\n\
             Gulf Testing Board,certification_body,,,\n"
        }
        Kind::Credential => {
            "title,type,issuer,awarded_for,assessment,validity_months,renewal,revocable,accreditation,exam_code,cost_usd,cost_note,source,source_date\n\
             Harbor Technician,certification,Gulf Testing Board,assessment,90-question proctored exam,36,60 continuing education units,yes,,HT-2,240.00,first attempt,https://example.org/fees,2026-01-15\n"
        }
        Kind::Courses => {
            "organization,code,title,credits,lecture_hours,lab_hours,contact_hours,description,prerequisites,corequisites,requisites,terms_offered,catalogue_year\n\
             Lantern Bay Community College,ITSY 1300,Fundamentals of Information Security,3,2,2,64,Basic ideas of protecting information and systems.,,,,fall;spring,2026-2027\n\
             Lantern Bay Community College,ITSY 2301,Firewalls and Network Security,3,2,2,64,Building and running network defences.,ITSY 1300,,ITSY 1300,spring,2026-2027\n"
        }
        Kind::Outcomes => {
            "organization,course,catalogue_year,code,kind,statement,level,assessed_by\n\
             Lantern Bay Community College,ITSY 1300,2026-2027,O1,outcome,Explain how confidentiality and availability pull against each other in a small network,introduced,written exam\n\
             Lantern Bay Community College,ITSY 2301,2026-2027,O1,outcome,Configure a packet filter from a written policy and test it,mastered,practical exam\n"
        }
        Kind::Program => {
            "organization,program,award,cip,soc,catalogue_year,total_credits,course,group\n\
             Lantern Bay Community College,Cybersecurity,AAS,11.1003,15-1212,2026-2027,60,ITSY 1300,Core\n\
             Lantern Bay Community College,Cybersecurity,AAS,11.1003,15-1212,2026-2027,60,ITSY 2301,Core\n"
        }
        Kind::Blueprint => {
            "credential,version,effective,retires,domain_code,domain,weight,objective_code,objective,parent_code\n\
             Harbor Technician,HT-2,2026-01-01,,1,Safe mooring,40%,,,\n\
             Harbor Technician,HT-2,2026-01-01,,1,Safe mooring,,1.1,Choose lines for the expected load,\n\
             Harbor Technician,HT-2,2026-01-01,,2,Cargo records,60%,,,\n\
             Harbor Technician,HT-2,2026-01-01,,2,Cargo records,,2.1,Complete a manifest without omissions,\n\
             Harbor Technician,HT-2,2026-01-01,,2,Cargo records,,2.1.1,Record dangerous goods,2.1\n"
        }
        Kind::Framework => {
            "code,statement,description,alternatives,kind,parent_code\n\
             S1,inspect mooring lines,Look for wear and judge whether a line may be used again.,check ropes,skill,\n"
        }
        Kind::Decisions => {
            "program,blueprint,course,outcome,objective,decision,strength,level,reason,reviewer,date,settles\n\
             Cybersecurity,Harbor Technician HT-2,ITSY 2301,O1,2.1,accept,partial,mastered,covers the record but not its check,Ada Ramos,2026-03-02,\n\
             Cybersecurity,Harbor Technician HT-2,ITSY 1300,O1,1.1,reject,,,not about lines,Ada Ramos,2026-03-02,\n"
        }
    }
}
