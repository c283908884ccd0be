var nt=Math.sqrt(50),lt=Math.sqrt(10),ht=Math.sqrt(2);function S(r,t,e){let s=(t-r)/Math.max(0,e),i=Math.floor(Math.log10(s)),o=s/Math.pow(10,i),a=o>=nt?10:o>=lt?5:o>=ht?2:1,n,l,h;return i<0?(h=Math.pow(10,-i)/a,n=Math.round(r*h),l=Math.round(t*h),n/h<r&&++n,l/h>t&&--l,h=-h):(h=Math.pow(10,i)*a,n=Math.round(r/h),l=Math.round(t/h),n*h<r&&++n,l*h>t&&--l),l<n&&.5<=e&&e<2?S(r,t,e*2):[n,l,h]}function L(r,t,e){if(t=+t,r=+r,e=+e,!(e>0))return[];if(r===t)return[r];let s=t<r,[i,o,a]=s?S(t,r,e):S(r,t,e);if(!(o>=i))return[];let n=o-i+1,l=new Array(n);if(s)if(a<0)for(let h=0;h<n;++h)l[h]=(o-h)/-a;else for(let h=0;h<n;++h)l[h]=(o-h)*a;else if(a<0)for(let h=0;h<n;++h)l[h]=(i+h)/-a;else for(let h=0;h<n;++h)l[h]=(i+h)*a;return l}function W(r,t,e){return t=+t,r=+r,e=+e,S(r,t,e)[2]}function _(r,t,e){t=+t,r=+r,e=+e;let s=t<r,i=s?W(t,r,e):W(r,t,e);return(s?-1:1)*(i<0?1/-i:i)}var pt="⁰¹²³⁴⁵⁶⁷⁸⁹",ct=r=>(r<0?"⁻":"")+[...`${Math.abs(r)}`].map(t=>pt[+t]).join("");function y(r,t=2){let e=r.toFixed(t);return(Number(e)===0?e.replace("-",""):e).replace("-","−")}function j(r,t,e){let s=e?Math.log:Number,i=e?Math.exp:Number,[o,a]=r.map(l=>s(l)),n=(t[1]-t[0])/(a-o||1);return Object.assign(l=>t[0]+(s(l)-o)*n,{invert:l=>i(o+(l-t[0])/n)})}function V(r,t,e){if(!e){let l=Math.max(0,-Math.floor(Math.log10(Math.abs(_(r[0],r[1],t)))+1e-9));return L(r[0],r[1],t).map(h=>({x:h,text:y(h,l)}))}let s=Math.ceil(Math.log10(r[0])-1e-9),i=Math.floor(Math.log10(r[1])+1e-9),o=[1,2,3,5,6,10,12,20,30,50,100],a=o.find(l=>(i-s)/l<=t)??200,n=[];for(let l=Math.ceil(s/a)*a;l<=i;l+=a)n.push({x:10**l,text:l>=-2&&l<=3&&i-s<6?`${Number((10**l).toFixed(2))}`:`10${ct(l)}`});return n}var M={"data-lm-suppress-shortcuts":"true"};function v(r,t={},e){let s=document.createElement(r);for(let[i,o]of Object.entries(t))i==="text"?s.textContent=o:s.setAttribute(i,o);return e?.append(s),s}var N=(r,t,e,s,i,o="")=>({kind:"slider",label:r,first:t,low:e,high:s,step:i,about:o});var Z=(r,t,e=t[0],s="")=>({kind:"choice",label:r,first:e,options:t,about:s});function dt(r,t){return r.stops?`${t}`:y(t,Math.max(0,Math.ceil(-Math.log10(r.step)-1e-9)))}function G(r,t,e,s,i){e.value!==`${i}`&&(e.value=`${i}`);let o=r.spec.idle?.(r.values).includes(s)??!1;e.disabled!==o&&(e.disabled=o),t.classList.toggle("off",o)}function H(r,t,e){let s=v("div",{class:"control"},r.controls),i=`${r.id}-${t}`,o=e.about||e.label;if(v("label",{for:i,text:e.label,title:o},s),e.kind==="slider")return mt(r,s,i,t,e);let a=v("select",{id:i,...M,title:o},s);for(let n of e.options)v("option",{value:n,text:n},a);return a.addEventListener("change",()=>r.move(t,a.value,!0)),()=>G(r,s,a,t,r.values[t])}function mt(r,t,e,s,i){let{stops:o}=i,a=o?[0,o.length-1,1]:[i.low,i.high,i.step],[n,l,h]=a.map(String),p=v("input",{id:e,...M,type:"range",min:n,max:l,step:h,title:i.about||i.label},t),c=v("output",{for:e,"aria-hidden":"true"},t),m=(d,b)=>d.reduce((u,x,k)=>Math.abs(x-b)<Math.abs(d[u]-b)?k:u,0);return p.addEventListener("input",()=>r.move(s,o?o[+p.value]:Number(Number(p.value).toFixed(9)))),()=>{let d=r.values[s],b=dt(i,d),u=r.highest?.(s),x=r.lowest?.(s);u!==void 0&&p.max!==`${u}`&&(p.max=`${u}`),x!==void 0&&p.min!==`${x}`&&(p.min=`${x}`),G(r,t,p,s,o?m(o,d):d),c.textContent!==b&&(c.textContent=b),p.getAttribute("aria-valuetext")!==b&&p.setAttribute("aria-valuetext",b)}}function P(r,t){let e=!r.spec.actions?.length;t.label==="Reset"&&!e&&v("span",{class:"gap"},r.buttons);let s={type:"button",...M,text:t.label,title:t.about??t.label},i=v("button",s,e?r.controls:r.buttons);return i.addEventListener("click",()=>t.press(r)),()=>{t.pressed&&i.setAttribute("aria-pressed",`${t.pressed(r)}`),t.off&&(i.disabled=t.off(r))}}var X=`.mlpx {
  --ink: var(--jp-content-font-color1, #1f1f1f);
  --soft: #5a5a5a;
  --rule: #dcdcdc;
  --edge: #767676;
  --paper: var(--jp-layout-color1, #fff);
  --face: #f3f4f6;
  --blue: #0069a8;
  --orange: #b84e00;
  --green: #00704f;
  --purple: #9a3f73;
  --amber: #8a6100;
  --sky: #2a7db3;
  --grey: #6e6e6e;
  --blue-wash: #cfe5f4;
  --orange-wash: #fbdcc4;
  --grey-wash: #e3e3e3;
  --accent: #0069a8;
  --on-accent: #fff;
  container-type: inline-size;
  color: var(--ink);
  font: 14px/1.45 var(--jp-ui-font-family, system-ui, sans-serif);
  max-width: 1040px;
  padding: 4px 2px;
  text-align: left;
}
.mlpx[data-theme="dark"] {
  --ink: var(--jp-content-font-color1, #ececec);
  --soft: #b4b4b4;
  --rule: #3a3a3a;
  --edge: #8f8f8f;
  --paper: var(--jp-layout-color1, #111);
  --face: #2a2c30;
  --blue: #62b6f0;
  --orange: #ff9b52;
  --green: #45c79b;
  --purple: #e28bbd;
  --amber: #e8b33c;
  --sky: #8fd0f5;
  --grey: #a0a0a0;
  --blue-wash: #143a54;
  --orange-wash: #552b0f;
  --grey-wash: #343434;
  --accent: #62b6f0;
  --on-accent: #06131c;
}
.mlpx *,
.mlpx *::before { box-sizing: border-box; }
.mlpx .hush {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.mlpx .controls {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 235px), 1fr)); gap: 6px 22px; margin: 0 0 6px;
  align-items: center;
}
.mlpx .control { display: grid; grid-template-columns: max-content 1fr max-content; gap: 0 9px; align-items: center; min-height: 28px; }
.mlpx .control output { font-variant-numeric: tabular-nums; min-width: 3.1em; text-align: right; white-space: nowrap; }
.mlpx .control input[type="text"], .mlpx .control select { grid-column: 2 / -1; min-width: 0; }
.mlpx .controls > button { justify-self: end; grid-column: -2 / -1; }
.mlpx .buttons:empty { display: none; }
.mlpx .control.edit { grid-template-columns: max-content minmax(90px, 1fr) minmax(60px, 1fr) max-content; }
.mlpx .control.edit select { grid-column: auto; }
.mlpx svg .edge { stroke-linecap: butt; opacity: 0.8; }
.mlpx svg .edge:hover, .mlpx svg .edge.picked { opacity: 1; stroke: var(--ink); }
.mlpx .control.off { color: var(--soft); }
.mlpx input[type="range"] { width: 100%; min-width: 40px; margin: 0; height: 24px; accent-color: var(--accent); background: none; cursor: pointer; }
.mlpx select,
.mlpx input[type="text"],
.mlpx input[type="number"],
.mlpx button {
  font: inherit; color: var(--ink); background: var(--face); border: 1px solid var(--edge); border-radius: 5px; padding: 2px 8px;
  min-height: 27px; height: auto;
}
.mlpx select option { color: #1f1f1f; background: #fff; }
.mlpx button { cursor: pointer; padding: 2px 11px; width: auto; }
.mlpx button:hover:not(:disabled) { border-color: var(--accent); }
.mlpx button[aria-pressed="true"] { background: var(--accent); color: var(--on-accent); border-color: var(--accent); }
.mlpx button:disabled { opacity: 0.5; cursor: default; }
.mlpx .buttons { display: flex; flex-wrap: wrap; gap: 6px; margin: 0 0 8px; }
.mlpx .buttons .gap { flex: 1; }
.mlpx :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.mlpx .stage { display: grid; gap: 8px 18px; align-items: start; }
.mlpx .stage > * { min-width: 0; }
@container (max-width: 420px) {
  .mlpx .control.edit { grid-template-columns: max-content minmax(60px, 1fr) max-content; }
  .mlpx .control.edit select { grid-column: 2 / -1; }
  .mlpx .control.edit input { grid-column: 1 / 3; }
}
@container (max-width: 599px) {
  .mlpx .stage { grid-template-columns: minmax(0, 1fr) !important; grid-template-areas: none !important; }
  .mlpx .stage > * { grid-area: auto !important; }
}
.mlpx figure { margin: 0; }
.mlpx figcaption { font-weight: 600; font-size: 14px; margin: 2px 0 0; }
.mlpx .legend { display: flex; flex-wrap: wrap; gap: 0 14px; font-size: 12.5px; color: var(--ink); min-height: 18px; }
.mlpx .legend svg { width: 24px; height: 12px; vertical-align: -1px; margin-right: 4px; overflow: visible; }
.mlpx .frame { position: relative; }
.mlpx .frame canvas { position: absolute; pointer-events: none; }
.mlpx .frame > svg { display: block; width: 100%; overflow: hidden; position: relative; touch-action: pan-y; user-select: none; }
.mlpx svg text { fill: var(--soft); font-size: 12px; font-family: inherit; }
.mlpx svg .label { fill: var(--ink); font-size: 12.5px; }
.mlpx svg .tick { stroke: var(--rule); stroke-width: 1; fill: none; shape-rendering: crispEdges; }
.mlpx svg .axis { stroke: var(--edge); stroke-width: 1; fill: none; shape-rendering: crispEdges; }
.mlpx svg .line { fill: none; stroke-linejoin: round; stroke-linecap: round; }
.mlpx svg .line:not(.edge) { stroke-width: 2.2; }
.mlpx svg .line.thin { stroke-width: 1.4; }
.mlpx svg .line.thick { stroke-width: 4; }
.mlpx svg .dash { stroke-dasharray: 7 5; }
.mlpx svg .dot { stroke-dasharray: 1.5 5; }
.mlpx svg .ghost { opacity: 0.45; }
.mlpx svg .mark { stroke: var(--paper); stroke-width: 1.8; paint-order: stroke; }
.mlpx svg .open { fill: none; stroke-width: 2.2; }
.mlpx svg .words { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; font-size: 12.5px; }
.mlpx svg .wash { stroke: none; }
.mlpx svg .handle { cursor: grab; outline: none; }
.mlpx svg .handle:active { cursor: grabbing; }
.mlpx svg .handle .reach { fill: transparent; stroke: none; }
.mlpx svg .handle .knob { fill: var(--paper); stroke-width: 2.6; }
.mlpx svg .handle .knob.clear { fill: transparent; stroke-width: 0; }
.mlpx svg .handle:hover .knob { stroke-width: 3.6; }
.mlpx svg .handle:focus-visible .knob { stroke-width: 4; }
.mlpx svg .handle:focus-visible .reach { stroke: var(--accent); stroke-width: 2; }
.mlpx .says { margin: 6px 0 0; min-height: 2.9em; font-variant-numeric: tabular-nums; }
.mlpx.glide svg path,
.mlpx.glide svg circle { transition: d 0.32s ease-out, cx 0.32s, cy 0.32s; }
@media (prefers-reduced-motion: reduce) {
  .mlpx.glide svg path,
  .mlpx.glide svg circle { transition: none; }
}
@media (forced-colors: active) {
  .mlpx svg { forced-color-adjust: none; background: #fff; }
}
.mlpx svg .line.blue, .mlpx svg .open.blue, .mlpx svg .knob.blue { stroke: var(--blue); }
.mlpx svg .line.orange, .mlpx svg .open.orange, .mlpx svg .knob.orange { stroke: var(--orange); }
.mlpx svg .line.green, .mlpx svg .open.green, .mlpx svg .knob.green { stroke: var(--green); }
.mlpx svg .line.purple, .mlpx svg .open.purple, .mlpx svg .knob.purple { stroke: var(--purple); }
.mlpx svg .line.amber, .mlpx svg .open.amber, .mlpx svg .knob.amber { stroke: var(--amber); }
.mlpx svg .line.sky { stroke: var(--sky); }
.mlpx svg .line.grey, .mlpx svg .open.grey, .mlpx svg .knob.grey { stroke: var(--grey); }
.mlpx svg .line.ink, .mlpx svg .open.ink, .mlpx svg .knob.ink { stroke: var(--ink); }
.mlpx svg .mark.blue, .mlpx svg text.blue { fill: var(--blue); }
.mlpx svg .mark.orange, .mlpx svg text.orange { fill: var(--orange); }
.mlpx svg .mark.green, .mlpx svg text.green { fill: var(--green); }
.mlpx svg .mark.purple, .mlpx svg text.purple { fill: var(--purple); }
.mlpx svg .mark.amber, .mlpx svg text.amber { fill: var(--amber); }
.mlpx svg .mark.grey, .mlpx svg text.grey { fill: var(--grey); }
.mlpx svg .mark.ink, .mlpx svg text.ink { fill: var(--ink); }
.mlpx svg .wash.blue { fill: var(--blue-wash); }
.mlpx svg .wash.orange { fill: var(--orange-wash); }
.mlpx svg .wash.seamless { stroke: var(--orange-wash); stroke-width: 0.6; }
.mlpx svg .line.level { stroke: var(--soft); stroke-width: 1; }
.mlpx svg .line.faint { stroke-width: 0.7; opacity: 0.5; }
.mlpx svg .node { stroke: var(--edge); stroke-width: 1.2; }
.mlpx svg .node.module { fill: var(--face); }
.mlpx svg .node.active { stroke: var(--accent); stroke-width: 3; }
.mlpx svg .wash.bar { fill: var(--purple); }
.mlpx svg .wash.grey { fill: var(--grey-wash); }
`;var q=class{constructor(t){this.canvas=document.createElement("canvas"),this.canvas.setAttribute("aria-hidden","true"),t.prepend(this.canvas),this.context=this.canvas.getContext("2d")}#t(t,e,s){let{canvas:i}=this;(i.width!==t||i.height!==e)&&([i.width,i.height]=[t,e]),i.getAttribute("style")!==s&&i.setAttribute("style",s)}image({left:t,top:e,right:s,bottom:i},o,a,n,l){let h=`left:${t}px;top:${e}px;width:${s-t}px;height:${i-e}px`;this.#t(a,o,`${h};image-rendering:${l?"auto":"pixelated"}`);let p=this.context.createImageData(a,o);n(p.data),this.context.putImageData(p,0,0)}paint(t,e,s){let i=window.devicePixelRatio||1,{context:o}=this;this.#t(Math.round(t*i),Math.round(e*i),`left:0;top:0;width:${t}px;height:${e}px`),o.setTransform(i,0,0,i,0,0),o.clearRect(0,0,t,e),s(o)}};var ut="http://www.w3.org/2000/svg";function g(r,t,e){let s=document.createElementNS(ut,r);for(let[i,o]of Object.entries(t))s.setAttribute(i,`${o}`);return e?.append(s),s}function F(r,t,e,s){let i=o=>Math.round(o*100)/100;return r==="triangle"?`M${i(t)},${i(e-1.15*s)}l${i(1.1*s)},${i(1.95*s)}h${i(-2.2*s)}Z`:r==="square"?`M${i(t-.9*s)},${i(e-.9*s)}h${i(1.8*s)}v${i(1.8*s)}h${i(-1.8*s)}Z`:r==="diamond"?`M${i(t)},${i(e-1.2*s)}L${i(t+1.2*s)},${i(e)}L${i(t)},${i(e+1.2*s)}L${i(t-1.2*s)},${i(e)}Z`:r==="cross"?`M${i(t-s)},${i(e)}h${i(2*s)}M${i(t)},${i(e-s)}v${i(2*s)}`:`M${i(t-s)},${i(e)}a${s},${s} 0 1,0 ${2*s},0a${s},${s} 0 1,0 ${-2*s},0Z`}var I=r=>`mlpx-${r}-${Math.random().toString(36).slice(2)}`;function U(r,t,e){if(e.ticks)return e.ticks.map(i=>({x:i,text:`${i}`}));let s=V(r,t,!!e.log);return e.whole?s.filter(({x:i})=>Number.isInteger(i)).map(({x:i,text:o})=>({x:i,text:o.replace(/\.0$/,"")})):s}var T=class{constructor(t,e){this.options=e,this.figure=v("figure",{},t),this.caption=v("figcaption",{},this.figure),this.frame=v("div",{class:"frame"},this.figure),this.told="",this.keys=void 0,e.legend&&this.legend(e.legend),this.svg=g("svg",{role:"img"},this.frame),this.clip=I("clip"),this.window=g("rect",{},g("clipPath",{id:this.clip},g("defs",{},this.svg))),this.axes=g("g",{"aria-hidden":"true"},this.svg),this.width=this.height=this.margin=0,this.seen="",this.x=j([0,1],[0,1],!1),this.y=j([0,1],[1,0],!1),this.area={left:0,top:0,right:1,bottom:1},this.spans={x:[0,1],y:[0,1]},this.title=e.title}set title(t){this.caption.textContent!==t&&(this.caption.textContent=t),this.svg.setAttribute("aria-label",t)}rename(t,e){this.options.x?.label===t&&this.options.y?.label===e||(this.options={...this.options,x:{...this.options.x,label:t},y:{...this.options.y,label:e}},this.seen="")}legend(t){let e=t.join();if(e===this.told)return;this.told=e,this.keys??=this.figure.insertBefore(v("div",{class:"legend"}),this.frame);let s=this.keys;s.replaceChildren();for(let[i,o]of t){let a=v("span",{},s),n=g("svg",{"aria-hidden":"true",viewBox:"0 0 24 12"},a),l=i.match(/circle|triangle|square|diamond/)?.[0];/line/.test(i)&&g("path",{d:"M1,6H23",class:i},n),/wash/.test(i)&&g("rect",{x:2,y:0,width:20,height:12,class:i},n),l&&g("path",{d:F(l,12,6,4.5),class:i.replace("line","")},n),a.append(o)}}fit(){let t=Math.floor(this.frame.clientWidth),{square:e,tallest:s=430,least:i=170}=this.options;if(t===0)return!1;let o=e?Math.min(t-12,s)+6:Math.max(Math.min(i,s),Math.min(t*(this.options.aspect??.72),s)),a=Math.round(o),n=t!==this.width||a!==this.height;return[this.width,this.height]=[t,a],n}view(t,e){this.width||this.fit();let{x:s={},y:i={},square:o}=this.options,a=s.bare?8:24+(s.label?19:0),n=8,l=14,h=Math.max(60,this.height-n-a),p=i.bare?[]:U(e,h/42,i),c=i.bare?8:12+6.8*Math.max(2,...p.map(({text:x})=>x.length))+(i.label?20:0),m=this.margin=Math.max(c,Math.min(this.margin,c+10)),d=Math.max(60,this.width-m-l);o&&(d=h=Math.min(d,h));let b=[t,e,d,h,m,this.width,this.height].join();if(b===this.seen)return;this.seen=b,this.spans={x:t,y:e};let u=o?m+Math.max(0,(this.width-m-l-d)/2):m;this.area={left:u,top:n,right:u+d,bottom:n+h},this.x=j(t,[u,u+d],!!s.log),this.y=j(e,[n+h,n],!!i.log),this.svg.setAttribute("viewBox",`0 0 ${this.width} ${this.height}`),this.svg.setAttribute("height",`${this.height}`);for(let[x,k]of Object.entries({x:u,y:n,width:d,height:h}))this.window.setAttribute(x,`${k}`);this.#t(p)}#t(t){let{left:e,top:s,right:i,bottom:o}=this.area,{x:a={},y:n={},grid:l=!0}=this.options;this.axes.replaceChildren();let h=[];if(!a.bare)for(let{x:p,text:c}of U(this.spans.x,(i-e)/62,a)){let m=Math.round(this.x(p));h.push(l?`M${m},${s}V${o}`:`M${m},${o}v4`),g("text",{x:m,y:o+17,"text-anchor":"middle"},this.axes).textContent=c}if(!n.bare)for(let{x:p,text:c}of t){let m=Math.round(this.y(p));h.push(l?`M${e},${m}H${i}`:`M${e-4},${m}H${e}`),g("text",{x:e-7,y:m+4,"text-anchor":"end"},this.axes).textContent=c}if(this.axes.prepend(g("path",{class:"tick",d:h.join("")||"M0,0"})),(!a.bare||!n.bare)&&g("path",{class:"axis",d:(n.bare?"":`M${e},${s}V${o}`)+(a.bare?"":`M${e},${o}H${i}`)},this.axes),a.label&&(g("text",{class:"label",x:(e+i)/2,y:o+36,"text-anchor":"middle"},this.axes).textContent=a.label),n.label){let[p,c]=[e-this.margin+12,(s+o)/2];g("text",{class:"label",x:p,y:c,"text-anchor":"middle",transform:`rotate(-90 ${p} ${c})`},this.axes).textContent=n.label}}place(t){let e=this.svg.getBoundingClientRect(),s=this.width/e.width;return{x:this.x.invert((t.clientX-e.left)*s),y:this.y.invert((t.clientY-e.top)*s)}}get dark(){return this.figure.closest("[data-theme=dark]")!==null}};var Q={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,1],ArrowDown:[0,-1]},R=r=>r.target.closest(".handle")?.getAttribute("data-key")??"",z=class{constructor(t){this.plot=t,this.held=new Map,this.dragged=!1,this.taken=void 0,this.#t()}place(t,e,s){let{plot:i}=this;if(!t.firstChild){g("circle",{class:"reach",r:20},t),g("circle",{r:s.size??7},t);for(let[x,k]of Object.entries({class:"handle",tabindex:"0",role:"slider",...M}))t.setAttribute(x,k)}this.held.set(e,s);let o=i.x(s.x),a=i.y(s.y),{left:n,top:l,right:h,bottom:p}=i.area,c=(x,k,O)=>Math.max(k,Math.min(O,x)).toFixed(1);t.setAttribute("transform",`translate(${c(o,n,h)},${c(a,l,p)})`),t.lastElementChild?.setAttribute("class",`knob ${s.looks??"ink"}`);let[m,d]=s.along==="y"?i.spans.y:i.spans.x,b=s.along==="y"?s.y:s.x,u={"aria-label":s.label,"aria-valuetext":s.text??`${y(s.x)}, ${y(s.y)}`,"aria-valuenow":b.toFixed(3),"aria-valuemin":m.toFixed(3),"aria-valuemax":d.toFixed(3)};for(let[x,k]of Object.entries(u))t.getAttribute(x)!==k&&t.setAttribute(x,k)}#t(){let{svg:t}=this.plot;t.addEventListener("pointerdown",e=>this.#e(e)),t.addEventListener("touchstart",e=>{R(e)&&e.preventDefault()},{passive:!1}),t.addEventListener("pointermove",e=>{this.taken&&(this.dragged=!0,this.#s(e,!1))});for(let e of["pointerup","pointercancel"])t.addEventListener(e,s=>{this.taken&&this.dragged&&this.#s(s,!0),this.taken=void 0});t.addEventListener("dblclick",e=>this.held.get(R(e))?.remove?.()),t.addEventListener("keydown",e=>this.#i(e))}#e(t){let{plot:e}=this,s=R(t),i=this.held.get(s);if(this.dragged=!1,!i||t.button!==0)return;let o=e.place(t),a=!e.options.x?.log&&!e.options.y?.log,n=(h,p)=>h>=Math.min(...p)&&h<=Math.max(...p),l=a&&n(i.x,e.spans.x)&&n(i.y,e.spans.y);this.taken=l?{key:s,dx:i.x-o.x,dy:i.y-o.y}:{key:s,dx:0,dy:0},e.svg.setPointerCapture(t.pointerId),t.target.closest(".handle").focus({preventScroll:!0}),t.preventDefault()}#s(t,e){if(!this.taken)return;let s=this.plot.place(t),{key:i,dx:o,dy:a}=this.taken;this.held.get(i)?.move({x:s.x+o,y:s.y+a},{last:e})}#i(t){let e=this.held.get(R(t));if(e){if((t.key==="Enter"||t.key===" ")&&e.press)e.press();else if((t.key==="Delete"||t.key==="Backspace")&&e.remove)e.remove();else if(t.key in Q){let[s,i]=Q[t.key],o=(e.step??.1)*(t.shiftKey?10:1),a=s+i,[n,l]=e.along==="x"?[a,0]:e.along==="y"?[0,a]:[s,i];e.move({x:e.x+n*o,y:e.y+l*o},{last:!0})}else return;t.preventDefault(),t.stopPropagation()}}};var C=2e4,D=class extends T{constructor(t,e){super(t,e),this.data=g("g",{"aria-hidden":"true","clip-path":`url(#${this.clip})`},this.svg),this.over=g("g",{"aria-hidden":"true"},this.svg),this.handles=g("g",{},this.svg),this.kept=new Map,this.top=new Map,this.tipped=void 0,this.behind=void 0,this.grips=new z(this)}begin(){for(let t of this.kept.values())t.used=!1;this.top.clear()}done(){for(let[t,{element:e,used:s}]of this.kept)s||(e.remove(),this.kept.delete(t),this.grips.held.delete(t));this.svg.setAttribute("role",this.grips.held.size?"group":"img")}#t(t,e,s=this.data){let i=this.kept.get(t);return i||this.kept.set(t,i={element:g(e,{"data-key":t},s),used:!0}),i.used=!0,this.#e(i.element,s),i.element}#e(t,e){let s=this.top.get(e),i=s?s.nextElementSibling:e.firstElementChild;i!==t&&t!==document.activeElement&&e.insertBefore(t,i),this.top.set(e,t)}#s(t,e){let s=this.x(t),i=this.y(e);if(!Number.isFinite(s)||!Number.isFinite(i))return;let o=a=>Math.round(Math.max(-C,Math.min(C,a))*10)/10;return`${o(s)},${o(i)}`}#i(t,e,s=!1){let i="",o=!1;for(let a=0;a<t.length;a++){let n=this.#s(t[a],e[a]);i+=n===void 0?"":(o?"L":"M")+n,o=n!==void 0}return i&&s?`${i}Z`:i||"M0,0"}line(t,e,s,i){this.path(t,this.#i(e,s),`line ${i}`)}fill(t,e,s,i){this.path(t,this.#i(e,s,!0),`wash ${i}`)}path(t,e,s,i={}){let o=this.#t(t,"path");for(let[a,n]of Object.entries({...i,d:e||"M0,0",class:s}))o.getAttribute(a)!==`${n}`&&o.setAttribute(a,`${n}`);return o}marks(t,e,s,i,o="circle",a=4){let n="";for(let l=0;l<e.length;l++){let h=this.x(e[l]),p=this.y(s[l]);Number.isFinite(h)&&Number.isFinite(p)&&Math.abs(h)<C&&Math.abs(p)<C&&(n+=F(o,h,p,a))}this.path(t,n,i.includes("open")?i:`mark ${i}`)}arrow(t,e,s,i){let o=this.x(e.x),a=this.y(e.y),n=this.x(s.x),l=this.y(s.y),h=Math.hypot(n-o,l-a);if(!(h>.5)||h>C)return;let p=Math.min(11,.6*h),c=(n-o)/h,m=(l-a)/h,d=k=>k.toFixed(1),[b,u]=[n-p*c,l-p*m];this.path(t,`M${d(o)},${d(a)}L${d(b)},${d(u)}`,`line ${i}`);let x=.5*p;this.path(`${t}-head`,`M${d(n)},${d(l)}L${d(b-x*m)},${d(u+x*c)}L${d(b+x*m)},${d(u-x*c)}Z`,`mark ${i}`)}text(t,e,s,i,o="",{dx:a=0,dy:n=0,anchor:l="middle"}={}){let h=this.#t(t,"text",this.over),{left:p,top:c,right:m,bottom:d}=this.area,b=6.7*i.length+6,u=l==="middle"?.5:l==="end"?1:0,x=Math.max(p+3,Math.min(m-b,this.x(e)+a-u*b)),k=Math.max(c+13,Math.min(d-5,this.y(s)+n+4));h.setAttribute("x",(x+u*b).toFixed(1)),h.setAttribute("y",k.toFixed(1)),h.setAttribute("text-anchor",l),h.setAttribute("class",`words ${o}`),h.textContent!==i&&(h.textContent=i)}label(t,e,s,i,o=""){let a=this.#t(t,"text",this.over),n=3.5*i.length+2;e=Math.max(n,Math.min(this.width-n,e));for(let[l,h]of Object.entries({x:e,y:s+4,"text-anchor":"middle",class:`words ${o}`}))a.setAttribute(l,`${h}`);a.textContent!==i&&(a.textContent=i)}tip(t,e){this.tipped??=g("text",{class:"words","aria-hidden":"true"},this.svg);let s=this.svg.getBoundingClientRect(),i=(t.clientX-s.left)*this.width/s.width;this.tipped.setAttribute("x",`${Math.max(4,Math.min(this.width-7*e.length,i+8))}`),this.tipped.setAttribute("y",`${Math.max(14,(t.clientY-s.top)*this.width/s.width-8)}`),this.tipped.textContent=e}get#r(){return this.behind??=new q(this.frame)}image(t,e,s,i=!1){this.#r.image(this.area,t,e,s,i)}paint(t){this.#r.paint(this.width,this.height,t)}grip(t,e){this.grips.place(this.#t(t,"g",this.handles),t,e)}onClick(t){this.svg.style.cursor="crosshair",this.svg.addEventListener("click",e=>{!e.target.closest(".handle")&&!this.grips.dragged&&t(this.place(e),e)})}onBrush(t){this.svg.style.cursor="crosshair";let e=!1;this.svg.addEventListener("pointerdown",s=>{s.target.closest(".handle")||s.button!==0||(e=!0,s.pointerType!=="touch"&&this.svg.setPointerCapture(s.pointerId),t(this.place(s),s))}),this.svg.addEventListener("pointermove",s=>{e&&t(this.place(s),s)});for(let s of["pointerup","pointercancel"])this.svg.addEventListener(s,()=>e=!1)}};function xt(r){let t=r.match(/[\d.]+/g)?.map(Number);return t&&t.length>=3&&(t.length<4||t[3]>.5)?t:void 0}function gt(r){for(let t=r;t;t=t.parentElement){let e=xt(getComputedStyle(t).backgroundColor);if(e)return .299*e[0]+.587*e[1]+.114*e[2]<128}return getComputedStyle(document.documentElement).colorScheme.includes("dark")&&matchMedia("(prefers-color-scheme: dark)").matches}function tt(r){let t=()=>{let o=gt(r)?"dark":"light";r.dataset.theme!==o&&(r.dataset.theme=o)},e=()=>setTimeout(t,60),s=new MutationObserver(()=>{t(),e()});for(let o of[document.documentElement,document.body])s.observe(o,{attributeFilter:["class","style","data-theme","data-jp-theme-light","data-jp-theme-name","theme"]});let i=matchMedia("(prefers-color-scheme: dark)");return i.addEventListener("change",t),e(),t(),()=>{s.disconnect(),i.removeEventListener("change",t)}}var bt=700,vt=340;function kt(r){return{...Object.fromEntries(Object.entries(r.controls).map(([e,s])=>[e,s.first])),...r.traits}}var Y=class{constructor(t,e,s){this.spec=t,this.model=e,this.first=kt(t),this.values=this.#t(),this.id=I("explorer"),this.words="",this.draws=0,this.plots=[],this.ends=[],this.root=v("section",{class:"mlpx",...M,"aria-label":yt(t.title)}),v("style",{text:X},this.root),this.controls=v("div",{class:"controls"},this.root),this.buttons=v("div",{class:"buttons",role:"group","aria-label":"Actions"},this.root),this.body=v("div",{class:"stage"},this.root),this.body.style.gridTemplateColumns=t.columns??"minmax(0, 1fr)",t.areas&&(this.body.style.gridTemplateAreas=t.areas),this.says=v("p",{class:"says","aria-hidden":"true"},this.root),this.status=v("div",{class:"hush",role:"status"},this.root);let i={label:"Reset",about:"Put everything back to where it started",press:()=>this.reset()};this.updates=[...Object.entries(t.controls).map(([o,a])=>H(this,o,a)),...[...t.actions??[],i].map(o=>P(this,o))],this.draw=t.scene(this),this.#e(s)}plot(t,e=""){let s=new D(this.body,t);return e&&(s.figure.style.gridArea=e),this.plots.push(s),s}#t(){let t={};for(let[e,s]of Object.entries(this.first))t[e]=this.model.get(e)??s;return t}set(t,{glide:e=!1}={}){let s=this.spec.limits?this.spec.limits({...this.values,...t}):{...this.values,...t};e&&this.glide(),this.values=s;for(let[i,o]of Object.entries(s))this.model.get(i)!==o&&this.model.set(i,o);clearTimeout(this.saving),this.saving=setTimeout(()=>this.model.save_changes(),80),this.ask()}reset(){this.onReset?.(),this.set({...this.first,...this.model.get("_initial")},{glide:!0})}glide(){this.root.classList.add("glide"),clearTimeout(this.gliding),this.gliding=setTimeout(()=>this.root.classList.remove("glide"),vt)}ask(){this.asked??=requestAnimationFrame(()=>this.show())}show(){if(this.asked=void 0,!(!this.draws&&this.root.clientWidth===0)){for(let t of this.plots)t.begin();this.words=this.draw(this.values);for(let t of this.plots)t.done();this.says.textContent!==this.words&&(this.says.textContent=this.words);for(let t of this.updates)t();this.draws++,clearTimeout(this.resting),this.resting=setTimeout(()=>this.status.textContent=this.words,bt)}}play(t){this.stop();let e=()=>{if(!this.root.isConnected||!t()){this.playing=void 0,this.halt?.(),this.ask();return}this.playing=requestAnimationFrame(e),this.show()};this.playing=requestAnimationFrame(e),this.ask()}stop(){this.playing!==void 0&&cancelAnimationFrame(this.playing),this.playing=void 0}#e(t){t.append(this.root),this.root.explorer=this,this.ends.push(tt(this.root));let e=()=>{let i=this.#t();if(Object.keys(i).every(a=>i[a]===this.values[a]))return;Object.keys(i).some(a=>typeof i[a]!="number"&&i[a]!==this.values[a])&&this.playing===void 0&&this.glide(),this.values=i,this.ask()};for(let i of Object.keys(this.first))this.model.on(`change:${i}`,e),this.ends.push(()=>this.model.off(`change:${i}`,e));let s=new ResizeObserver(()=>{(this.plots.map(i=>i.fit()).some(Boolean)||!this.draws)&&(this.draws?this.ask():this.show())});s.observe(this.body),this.ends.push(()=>s.disconnect())}move(t,e,s=!1){this.onMove?.(t,e),this.set({[t]:e},{glide:s})}start;halt;go;lowest;onReset;onMove;highest;saving;resting;gliding;asked;playing;end(){this.stop(),this.asked!==void 0&&cancelAnimationFrame(this.asked),clearTimeout(this.resting),this.saving!==void 0&&clearTimeout(this.saving);for(let t of this.ends)t();this.root.remove()}};function yt(r){let t=new Set([...document.querySelectorAll(".mlpx")].map(s=>s.getAttribute("aria-label"))),e=r;for(let s=2;t.has(e);s++)e=`${r} (${s})`;return e}var et=r=>({spec:r,render({model:t,el:e}){let s=new Y(r,t,e);return()=>s.end()}});function st(r,t=.15){let e=r.map(c=>c[0]),s=r.map(c=>c[1]),[i,o,a,n]=[Math.min(...e),Math.max(...e),Math.min(...s),Math.max(...s)],l=(.5+t)*(Math.max(o-i,n-a)||1),h=(i+o)/2,p=(a+n)/2;return[[h-l,h+l],[p-l,p+l]]}var B=(r,t,e,s=2)=>Number(Math.max(t,Math.min(e,r)).toFixed(s));var A=[[.8,-.6],[.5,.9]],J=2.8,it=101,wt=r=>1/Math.cosh(r)**2,K={"polar: (x₁ cos x₂, x₁ sin x₂)":{f:(r,t)=>[r*Math.cos(t),r*Math.sin(t)],J:(r,t)=>[[Math.cos(t),-r*Math.sin(t)],[Math.sin(t),r*Math.cos(t)]],start:[1.2,.4]},"squares: (x₁² − x₂², 2 x₁ x₂)":{f:(r,t)=>[r*r-t*t,2*r*t],J:(r,t)=>[[2*r,-2*t],[2*t,2*r]],start:[1,.5]},"a layer: tanh(x W)":{f:(r,t)=>[Math.tanh(r*A[0][0]+t*A[1][0]),Math.tanh(r*A[0][1]+t*A[1][1])],J:(r,t)=>{let e=s=>[0,1].map(i=>A[i][s]*wt(r*A[0][s]+t*A[1][s]));return[e(0),e(1)]},start:[-.3,.2]},"linear: (x₁ + x₂, x₂ / 2)":{f:(r,t)=>[r+t,t/2],J:()=>[[1,1],[0,.5]],start:[.5,-.5]}};function $t(r,t,e){let s=Array.from({length:it-1},(i,o)=>e*o/(it-1));return[...s.map(i=>[r+i,t]),...s.map(i=>[r+e,t+i]),...s.map(i=>[r+e-i,t+e]),...s.map(i=>[r,t+e-i])]}var Mt=r=>r.reduce((t,[e,s],i)=>t+(e*r[(i+1)%r.length][1]-s*r[(i+1)%r.length][0])/2,0);function rt(r,t,e){let s=[],o=e/4,a=Array.from({length:41},(n,l)=>l/40*2*8*o-8*o);for(let n=-8;n<=8;n++)s.push(a.map(l=>[r+e/2+n*o,t+e/2+l])),s.push(a.map(l=>[r+e/2+l,t+e/2+n*o]));return s}var ot=(r,t,e,s)=>r.line(t,e.flatMap(i=>[...i.map(o=>o[0]),NaN]),e.flatMap(i=>[...i.map(o=>o[1]),NaN]),s);function At(r,t,e){let[s,i]=[r.x(e[0])-r.x(t[0]),r.y(e[1])-r.y(t[1])],o=Math.hypot(s,i)||1;return{dx:34*s/o,dy:15*i/o}}var Et={title:"A map and its Jacobian",columns:"minmax(0, 1fr) minmax(0, 1fr)",controls:{chart:Z("map",Object.keys(K)),x1:N("x₁",1.2,-1.5,1.5,.1,"first coordinate of the corner"),x2:N("x₂",.4,-1.5,1.5,.1,"second coordinate of the corner"),side:N("side",.8,.02,1,.02,"side of the square: the right picture comes as near as it is small")},scene(r){let t=r.plot({title:"A square (drag its corners)",x:{label:"x₁"},y:{label:"x₂"},square:!0,tallest:420}),e=r.plot({title:"Its image (blue), J times it (orange)",x:{label:"y₁"},y:{label:"y₂"},square:!0,tallest:420});return r.onMove=(s,i)=>{if(s!=="chart")return;let[o,a]=K[i].start;r.values={...r.values,x1:o,x2:a}},s=>{let{chart:i,x1:o,x2:a,side:n}=s,{f:l,J:h}=K[i],p=h(o,a),c=l(o,a),m=$t(o,a,n).map(([f,w])=>l(f,w)),d=(f,w)=>[0,1].map($=>c[$]+n*(f*p[$][0]+w*p[$][1])),b=[c,d(1,0),d(1,1),d(0,1)];t.view([-J,J],[-J,J]),ot(t,"grid",rt(o,a,n),"grey faint"),t.fill("square",[o,o+n,o+n,o],[a,a,a+n,a+n],"blue"),t.line("edges",[o,o+n,o+n,o,o],[a,a,a+n,a+n,a],"blue");let u=t.x.invert(12)-t.x.invert(0);t.grip("far",{x:o+n+u,y:a+n+u,label:"opposite corner",text:`side ${y(n)}`,looks:"blue",size:6,step:.02,move:f=>r.set({side:B(Math.max(f.x-o,f.y-a)-u,.02,1)})}),t.grip("corner",{x:o,y:a,label:"corner",looks:"ink",move:f=>r.set({x1:B(f.x,-1.5,1.5),x2:B(f.y,-1.5,1.5)})});let[x,k]=st([...m,...b],.3);e.view(x,k),ot(e,"grid",rt(o,a,n).map(f=>f.map(([w,$])=>l(w,$))),"grey faint"),e.fill("image",m.map(f=>f[0]),m.map(f=>f[1]),"blue"),e.line("image edge",[...m,m[0]].map(f=>f[0]),[...m,m[0]].map(f=>f[1]),"blue"),e.line("tangent",[...b,c].map(f=>f[0]),[...b,c].map(f=>f[1]),"orange dash"),[[1,0],[0,1]].forEach(([f,w],$)=>{let E=d(f,w);e.arrow(`column${$}`,{x:c[0],y:c[1]},{x:E[0],y:E[1]},"orange"),e.text(`column words${$}`,E[0],E[1],`${n===1?"":`${y(n)} · `}J e${$?"₂":"₁"}`,"orange",At(e,c,E))}),e.marks("start",[c[0]],[c[1]],"ink","circle",4.5);let O=p[0][0]*p[1][1]-p[0][1]*p[1][0],at=Mt(m)/n**2;return`J = [${p.map(f=>f.map(w=>y(w)).join(" ")).join("; ")}] at the corner. Its determinant, ${y(O)}, is the area ratio of the parallelogram; the true image has ${y(at)} times the area of the square (counted negative where it is turned over).${O<0?" The orientation is reversed.":""}`}}},xe=et(Et);export{xe as default,Et as spec};
