"""Draws pairs of cards to be labelled: python3 draw.py TRIVIA.csv DECK.jsonl OUT.csv (numpy, scipy, scikit-learn)."""
import csv, json, random, re, sys
from collections import Counter, defaultdict
from itertools import combinations
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

GENERIC = {"true","false","yes","no","none","all","both","neither"}
BINS = [.35,.45,.55,.65,.75,.85,1.01]
word = re.compile(r"\w+")
def words(t): return word.findall(t.lower())
def norm(t): return " ".join(words(t))

def trivia(path):
    out=[]
    for row in csv.DictReader(open(path,encoding="utf8")):
        f,b=row["front"].strip(),row["back"].strip()
        if not f or not b or re.search(r"\b(these|following|below|above|which one|not true|options?)\b",f.lower()): continue
        out.append((f,b))
    return sorted(set(out))
def deck(path):
    out=[]
    for line in open(path,encoding="utf8"):
        c=json.loads(line)
        if "text" in c: out.append((c["text"],""))
        elif "options" in c: out.append((c["front"], " · ".join(o.split(") ",1)[-1] for o in c["options"] if o[:1] in c["answer"])))
        else: out.append((c["front"],c["back"]))
    return sorted(set(out))
def gapped(f,b):
    gaps=re.findall(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}",f)
    if gaps: return re.sub(r"\{\{c\d+::.*?\}\}","…",f)," · ".join(gaps)
    return f,b
def candidates(cards, X):
    n=len(cards); pairs=set()
    toks=[words(f) for f,_ in cards]; ans=[words(b) for _,b in cards]
    df=Counter(t for ts in toks for t in set(ts)); adf=Counter(t for ts in ans for t in set(ts))
    blocks=defaultdict(list)
    for i,(ts,an) in enumerate(zip(toks,ans)):
        rare=sorted({t for t in ts if df[t]>1},key=lambda t:(df[t],t))[:7]
        for a,b in combinations(rare,2): blocks[("p",)+tuple(sorted((a,b)))].append(i)
        ra=sorted(set(an),key=lambda t:(adf[t],t))[:2]
        for a in ra:
            if adf[a]<=400:
                for r in rare[:3]: blocks[("a",a,r)].append(i)
    for b in blocks.values():
        if 1<len(b)<=50: pairs.update(combinations(sorted(set(b)),2))
    for s in range(0,n,500):
        S=X[s:s+500]@X.T
        for r in range(S.shape[0]):
            row=S.getrow(r); k=row.data.argsort()[::-1][:8]
            for j in row.indices[k]:
                i=s+r
                if i!=j: pairs.add((min(i,int(j)),max(i,int(j))))
    return sorted(pairs)
def draw(cards, want, luck):
    shown=[gapped(*c) for c in cards]
    X=TfidfVectorizer(analyzer="char_wb",ngram_range=(3,3),sublinear_tf=True).fit_transform([f for f,_ in shown]).astype(np.float32)
    A=TfidfVectorizer(analyzer="char_wb",ngram_range=(3,3)).fit_transform([b or " " for _,b in shown])
    common=Counter(norm(b) for _,b in shown)
    strata=defaultdict(list)
    pairs=candidates(shown,X)
    I=np.array([p[0] for p in pairs]); J=np.array([p[1] for p in pairs])
    cos=np.concatenate([np.asarray(X[I[s:s+20000]].multiply(X[J[s:s+20000]]).sum(1)).ravel() for s in range(0,len(I),20000)])
    acos=np.concatenate([np.asarray(A[I[s:s+20000]].multiply(A[J[s:s+20000]]).sum(1)).ravel() for s in range(0,len(I),20000)])
    for (i,j),c,a in zip(pairs,cos,acos):
        b=next(k for k,hi in enumerate(BINS[1:]) if c<hi) if c>=BINS[0] else -1
        x,y=norm(shown[i][1]),norm(shown[j][1])
        if x==y: kind="generic" if x.split(" ")[:1] and x.split(" ")[0] in GENERIC or len(x)<=2 or common[x]>25 else "same"
        else: kind="similar" if a>=.4 or set(x.split())<=set(y.split()) or set(y.split())<=set(x.split()) else "different"
        if b<0 and kind not in("same",): continue
        strata[(b,kind)].append((i,j))
    out=[]
    for key in sorted(strata):
        s=strata[key]; n=min(len(s),want.get(key[1],0)); 
        for i,j in luck.sample(s,n): 
            l,r=(i,j) if luck.random()<.5 else (j,i)
            out.append((shown[l],shown[r],f"{BINS[key[0]] if key[0]>=0 else 0:.2f}/{key[1]}",n/len(s)))
        print(key,len(s),n,flush=True)
    return out
luck=random.Random(20260)
rows=[]
rows+=[r+("deck",) for r in draw(deck(sys.argv[2]),{"same":8,"similar":10,"different":10,"generic":2},luck)]
rows+=[r+("trivia",) for r in draw(trivia(sys.argv[1]),{"same":36,"similar":16,"different":15,"generic":5},luck)]
luck.shuffle(rows)
w=csv.writer(open(sys.argv[3],"w",newline=""))
w.writerow(["left_front","left_back","right_front","right_back","source","stratum","drawn"])
for l,r,s,p,src in rows: w.writerow([*l,*r,src,s,f"{p:.6f}"])
print(len(rows))
